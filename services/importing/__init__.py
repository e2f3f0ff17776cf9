"""Assets from files, undoable.

``service`` (begin, go on, undo), ``matching`` (columns to fields), ``plan`` (what it would do),
``basket`` (what is there already, by key), ``executor`` (doing it), ``record`` (what is kept of
it).
"""
