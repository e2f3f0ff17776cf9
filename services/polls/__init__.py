"""Questions to everybody.

``service`` (ask), ``answers``, ``rules`` (what can be asked), ``tally``.
"""
