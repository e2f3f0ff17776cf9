"""Reviews from the command line: ``command``, and ``pack``, the HTML file that opens offline."""
