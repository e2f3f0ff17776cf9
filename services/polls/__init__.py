"""Questions to everybody.

``service`` (ask), ``answers``, ``rules`` (what can be asked), ``tally``, ``notices`` (what
every page is told of session and question).
"""
