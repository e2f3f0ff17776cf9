"""Use cases over a DynamoDB table; callable from a page, a route, a test or a notebook alike."""
