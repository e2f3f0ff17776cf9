"""The board of feedback: ``board`` draws it, ``commands`` are what can be asked of it."""
