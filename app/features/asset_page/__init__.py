"""The history of an asset, and of all: ``timeline``."""
