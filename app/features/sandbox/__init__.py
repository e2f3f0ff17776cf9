"""A basket of one's own during a tour: ``sandbox``."""
