"""One change to many assets.

``service`` (begin, go on, undo), ``records`` (what is kept of it until it is through).
"""
