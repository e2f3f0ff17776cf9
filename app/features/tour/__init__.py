"""The guided tour: ``panel`` (on every page), ``list_of_tours``, ``leading`` (all on one tour)."""
