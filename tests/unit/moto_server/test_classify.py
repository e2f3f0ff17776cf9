"""Reads leave no trace, and whatever is not known to be a read is kept."""

import pytest

from services.moto_server.http.classify import (
    EPHEMERAL,
    changed_nothing,
    is_copying,
    is_ephemeral,
    is_write,
)
from services.moto_server.http.wire import Request
from tests.unit.moto_server.requests import authorization, dynamodb, json_request


@pytest.mark.parametrize(
    "action",
    ["GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems", "DescribeTable", "ListTables"],
)
def test_dynamodb_reads(action: str) -> None:
    assert not is_write(dynamodb(action, {}))


@pytest.mark.parametrize(
    "action",
    ["PutItem", "UpdateItem", "BatchWriteItem", "TransactWriteItems", "CreateTable", "Getaway"],
)
def test_dynamodb_writes_and_the_unknown(action: str) -> None:
    assert is_write(dynamodb(action, {}))


@pytest.mark.parametrize(
    ("action", "content", "writes"),
    [
        ("ExecuteStatement", {"Statement": " select * from T"}, False),
        ("ExecuteStatement", {"Statement": "INSERT INTO T VALUE {}"}, True),
        ("ExecuteStatement", {"Statement": "selected"}, True),
        ("ExecuteStatement", {}, True),
        ("BatchExecuteStatement", {"Statements": [{"Statement": "SELECT 1"}]}, False),
        ("BatchExecuteStatement", {"Statements": []}, True),
        (
            "ExecuteTransaction",
            {"TransactStatements": [{"Statement": "SELECT 1"}, {"Statement": "DELETE FROM T"}]},
            True,
        ),
    ],
)
def test_statements_are_read_before_they_are_judged(
    action: str, content: dict[str, object], writes: bool
) -> None:
    assert is_write(dynamodb(action, content)) is writes


def form(body: str, service: str = "sns") -> Request:
    headers = {
        "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-8",
        "HTTP_AUTHORIZATION": authorization(service),
    }
    return Request("POST", "/", headers, body.encode())


def sent(method: str, uri: str, body: str = "") -> Request:
    """As curl sends it, with the type that it gives to any body, and signed by nobody."""
    headers = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    return Request(method, uri, headers, body.encode())


@pytest.mark.parametrize(
    ("request_", "writes"),
    [
        (form("Action=ListTopics&Version=2010-03-31"), False),
        (form("Action=CreateTopic&Name=x"), True),
        (form("Action=GetCallerIdentity", "sts"), False),
        (form("Action=GetSessionToken", "sts"), True),
        (form("Version=1"), True),
        (Request("GET", "/?Action=CreateTopic&Name=x", {}, b""), True),
        (Request("GET", "/bucket/key?Action", {}, b""), False),
        (sent("POST", "/123456789012/queue", "Action=GetQueueAttributes"), False),
        (sent("PUT", "/bucket/key", "Action=GetIt&x=1"), True),
        (sent("PUT", "/", "Action=GetIt&x=1"), True),
        (sent("POST", "/bucket", "key=a&file=b&Action=GetIt"), True),
        (sent("POST", "/bucket/key?uploads&Action=GetIt"), True),
        (sent("DELETE", "/bucket/key?Action=GetIt"), True),
        (Request("PUT", "/b/k", {"HTTP_X_AMZ_TARGET": "DynamoDB_20120810.GetItem"}, b""), True),
        (Request("HEAD", "/bucket", {}, b""), False),
        (Request("PUT", "/bucket", {}, b""), True),
        (Request("POST", "/bucket?delete", {}, b""), True),
        (Request("DELETE", "/bucket/key", {}, b""), True),
        (json_request("sqs", "AmazonSQS.SendMessage", {}), True),
        (json_request("sqs", "AmazonSQS.ReceiveMessage", {}), True),
        (json_request("sqs", "AmazonSQS.GetQueueUrl", {}), False),
        (json_request("x", "AWSCognitoIdentityService.GetId", {}), True),
    ],
)
def test_each_protocol_says_it_in_its_way(request_: Request, writes: bool) -> None:
    assert is_write(request_) is writes


def test_rpc_over_cbor_names_its_action_in_the_path() -> None:
    path = "/service/GraniteServiceVersion20100801/operation/"
    headers = {"HTTP_SMITHY_PROTOCOL": "rpc-v2-cbor"}
    assert not is_write(Request("POST", path + "ListMetrics", headers, b""))
    assert is_write(Request("POST", path + "PutMetricData", headers, b""))
    assert is_write(Request("POST", path + "ListMetrics", {}, b""))


def test_a_poll_of_an_empty_queue_changed_nothing() -> None:
    poll = json_request("sqs", "AmazonSQS.ReceiveMessage", {})
    assert changed_nothing(poll, b"{}")
    assert not changed_nothing(poll, b'{"Messages": [{}]}')
    assert not changed_nothing(json_request("sqs", "AmazonSQS.SendMessage", {}), b"{}")


def test_ephemeral_is_said_with_a_header() -> None:
    assert is_ephemeral(Request("PUT", "/b", {"HTTP_X_BASKET_EPHEMERAL": "1"}, b""))
    assert not is_ephemeral(Request("PUT", "/b", {}, b""))


@pytest.mark.parametrize(
    ("action", "copying"),
    [("ExportTableToPointInTime", True), ("UpdateContinuousBackups", True), ("PutItem", False)],
)
def test_an_export_that_is_forgotten_changes_no_table(action: str, copying: bool) -> None:
    said = {"HTTP_X_AMZ_TARGET": f"DynamoDB_20120810.{action}"}
    assert not is_copying(Request("POST", "/", said, b""))
    assert is_copying(Request("POST", "/", {**said, EPHEMERAL: "1"}, b"")) is copying
