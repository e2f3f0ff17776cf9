"""Everything DynamoDB; the only code that imports boto3."""
