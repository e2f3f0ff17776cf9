"""Tables in files: CSV, Excel, JSON, JSON Lines, DynamoDB JSON. Knows nothing of assets."""
