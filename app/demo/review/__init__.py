"""The review pack: pictures before and after in one file, and what becomes of the decisions."""
