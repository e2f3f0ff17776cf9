"""Reviews of pictures: ``verdicts``."""
