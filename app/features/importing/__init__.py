"""Import: ``upload`` (the file), ``choices`` (which column is which field), ``plan``, ``runs``."""
