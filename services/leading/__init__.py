"""“Follow me”: ``service`` (lead, follow, stop) and ``lead`` (where it leads)."""
