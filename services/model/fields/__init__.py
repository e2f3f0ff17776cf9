"""What is known of a model's fields, and their values as text.

``marks`` (what builders say of a field), ``spec`` (one field, as everybody sees it; what every kind
says), ``kinds`` (one file a kind or family of kinds: begin here to add one), ``schema`` (a model to
its fields), ``flat`` (nested values by name), ``range``, ``texts`` and ``widget`` (how kinds speak
of bounds, of values as texts and of what values are entered in), ``cells`` and ``numerals`` (values
in files), ``codes`` (currencies and countries), ``sentences`` (what is wrong with a value).
"""
