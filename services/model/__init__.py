"""What the demo is about, as pydantic models. `asset.py` is the one file a builder edits.

For it: ``kinds`` (types and marks to write fields with), ``base``. Reading it: ``annotation`` (what
a type says), ``current`` (the model in force), ``checking`` (is the file sound?), ``fingerprint``;
``fields`` is what is known of each field. Around an asset: ``record``, ``history``, ``patch``,
``query``, ``problem``, ``words``. Beside assets: ``session``, ``question``, ``feedback``.
"""
