"""The row above the table.

``toolbar`` puts it together: ``chips`` (active filters), ``conditions`` (more filters), ``order``,
``columns``, ``exports``. `picker.js` chooses columns and charts.
"""
