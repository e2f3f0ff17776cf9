"""A short name for what an asset is, so that what was said of one model is known from the next."""

import hashlib
from functools import lru_cache

from services.model.current import Model


@lru_cache(maxsize=4)
def fingerprint(model: Model) -> str:
    """The same for the same fields, in any process."""
    return hashlib.sha256(repr(model.fields).encode()).hexdigest()[:8]
