"""Assets from files, undoable.

``service`` (begin, cancel, undo), ``matching`` (columns to fields), ``plan`` (what it would do),
``basket`` (what is there already, by key), ``run`` (doing it), ``record`` (what is kept of it).
"""
