"""Sessions: ``beginning``, ``presenting`` (code, link, who is here), ``joining``, ``qr``."""
