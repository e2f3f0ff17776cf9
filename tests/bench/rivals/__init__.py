"""What the product is measured against. Each file is a complete Streamlit script."""
