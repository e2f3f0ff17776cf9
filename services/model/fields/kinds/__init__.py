"""The kinds of fields, each in one place: to add one is a file here, and a line in `registry`.

``registry`` (all of them), and by family ``text``, ``number``, ``choice`` (also yes or no, and
codes), ``temporal`` (days and moments). What a kind says of itself tells `Kind` in `spec`.
"""
