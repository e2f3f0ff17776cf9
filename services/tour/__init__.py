"""The guided tour: what a demo shows, step by step, and how far each visitor is."""
