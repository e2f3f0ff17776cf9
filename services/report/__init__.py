"""The report of a session, in several formats.

``service`` collects, ``content`` is what is in it. HTML: ``html`` fills in ``report.html``.
Markdown: ``markdown``, ``escaped``, ``questions_text``. Programs: ``data``, ``questions_data``.
Tours: ``tour``, ``tour_text``. ``words``: moments and answers in words.
"""
