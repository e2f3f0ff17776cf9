"""Feedback from every page.

``widget`` (reactions, comments, questions: on every page), ``inbox`` (takes in what a browser sends
again and again), ``page_context`` (where it was said), ``words``. The board has a room of its own.
"""
