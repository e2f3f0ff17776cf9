"""DynamoDB's wire protocol without an SDK, so that the measuring client is not what is measured.

A call through boto3 keeps the client busier than the server; on two cores eight such clients
would measure themselves. This sends the same requests for a tenth of the work.
"""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

SECONDS = 60.0
"""How long one answer may take."""

# Moto reads service and region from the scope and checks no signature.
_SCOPE = (
    "AWS4-HMAC-SHA256 Credential=bench/20250101/eu-west-1/{service}/aws4_request, "
    "SignedHeaders=host, Signature=bench"
)
_TARGETS = {"dynamodb": "DynamoDB_20120810", "dynamodbstreams": "DynamoDBStreams_20120810"}


class RefusedError(RuntimeError):
    """DynamoDB answered with an error."""


class Dynamo:
    """One connection to a DynamoDB endpoint (http://host:port), kept open if the server does."""

    def __init__(self, endpoint: str) -> None:
        where = urlsplit(endpoint)
        self._connection = http.client.HTTPConnection(
            where.hostname or "", where.port, timeout=SECONDS
        )

    def call(self, operation: str, **request: object) -> dict[str, Any]:
        """Call an operation of DynamoDB."""
        return self._send("dynamodb", operation, request)

    def stream(self, operation: str, **request: object) -> dict[str, Any]:
        """Call an operation of DynamoDB Streams."""
        return self._send("dynamodbstreams", operation, request)

    def close(self) -> None:
        self._connection.close()

    def _send(self, service: str, operation: str, request: object) -> dict[str, Any]:
        self._connection.request(
            "POST",
            "/",
            body=json.dumps(request),
            headers={
                "Content-Type": "application/x-amz-json-1.0",
                "X-Amz-Target": f"{_TARGETS[service]}.{operation}",
                "Authorization": _SCOPE.format(service="dynamodb"),
            },
        )
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RefusedError(f"{operation}: {answer.status} {body[:500]!r}")
        result: dict[str, Any] = json.loads(body)
        return result
