"""Pieces of page, one concept a file; the only code that touches Streamlit's state and caches."""
