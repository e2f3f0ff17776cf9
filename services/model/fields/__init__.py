"""What is known of a model's fields, and their values as text.

``annotation`` (what a type says), ``spec`` (one field, as everybody sees it), ``schema`` (a model
to its fields), ``flat`` (nested values by name), ``cells`` and ``numerals`` (values in files),
``codes`` (currencies and countries), ``sentences`` (what is wrong with a value).
"""
