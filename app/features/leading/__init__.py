"""“Follow me”: ``following`` takes others along to the page that a presenter looks at."""
