"""Requests as AWS clients would send them, without a client."""

import json
from typing import Any

from services.moto_server.http.wire import Request


def authorization(service: str, region: str = "eu-west-1") -> str:
    """A header that names service and region the way a signature does."""
    return f"AWS4-HMAC-SHA256 Credential=x/20260101/{region}/{service}/aws4_request, Signature=0"


def json_request(
    service: str, target: str, content: dict[str, Any], region: str = "eu-west-1"
) -> Request:
    """A request of a JSON protocol."""
    headers = {
        "HTTP_HOST": "127.0.0.1:3000",
        "HTTP_X_AMZ_TARGET": target,
        "HTTP_AUTHORIZATION": authorization(service, region),
        "CONTENT_TYPE": "application/x-amz-json-1.0",
    }
    return Request("POST", "/", headers, json.dumps(content).encode())


def dynamodb(action: str, content: dict[str, Any], region: str = "eu-west-1") -> Request:
    """A DynamoDB request."""
    return json_request("dynamodb", f"DynamoDB_20120810.{action}", content, region)


def create_table(name: str = "Things", region: str = "eu-west-1") -> Request:
    """A table with both keys, a stream and an index on ``color``."""
    strings = [{"AttributeName": n, "AttributeType": "S"} for n in ("PK", "SK", "color")]
    return dynamodb(
        "CreateTable",
        {
            "TableName": name,
            "KeySchema": [
                {"AttributeName": "PK", "KeyType": "HASH"},
                {"AttributeName": "SK", "KeyType": "RANGE"},
            ],
            "AttributeDefinitions": strings,
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
            "GlobalSecondaryIndexes": [
                {
                    "IndexName": "byColor",
                    "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        },
        region,
    )


def item(key: str, /, **attributes: dict[str, Any]) -> dict[str, Any]:
    """An item of ``create_table``'s table."""
    return {"PK": {"S": key}, "SK": {"S": "META"}, **attributes}


def put(key: str, table: str = "Things", /, **attributes: dict[str, Any]) -> Request:
    """A plain put into ``create_table``'s table."""
    return dynamodb("PutItem", {"TableName": table, "Item": item(key, **attributes)})


def add(key: str, amount: int = 1, table: str = "Things") -> Request:
    """An update whose effect shows when it happens twice."""
    return dynamodb(
        "UpdateItem",
        {
            "TableName": table,
            "Key": item(key),
            "UpdateExpression": "ADD hits :n",
            "ExpressionAttributeValues": {":n": {"N": str(amount)}},
        },
    )
