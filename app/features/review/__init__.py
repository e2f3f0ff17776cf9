"""Pictures before and after, to be decided: ``reviewing``."""
