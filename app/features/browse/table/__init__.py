"""The table, also that of the bin.

``table`` draws it from ``cells``; ``selection`` (picked rows), ``validation_markers`` (cells that
do not fit the model), ``pins`` (comments on a column). `cards.js` makes cards of rows on a phone.
"""
