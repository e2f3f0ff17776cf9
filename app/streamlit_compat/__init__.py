"""Everything that reaches into Streamlit's private parts, and nothing else."""
