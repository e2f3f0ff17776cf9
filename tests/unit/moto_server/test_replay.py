"""A restart brings back the same state, however a change was made."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from moto.dynamodb.models import dynamodb_backends

from services.moto_server.http.wire import Request, WsgiApp, run
from services.moto_server.patches import direct
from tests.unit.moto_server.conftest import Server, forget
from tests.unit.moto_server.requests import (
    add,
    create_table,
    dynamodb,
    item,
    json_request,
    put,
)

Start = Callable[..., Server]

EVERY_TYPE: dict[str, dict[str, Any]] = {
    "color": {"S": "red"},
    "number": {"N": "007"},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "binary": {"B": "AAECaGVsbG8="},
    "strings": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2.50"]},
    "binaries": {"BS": ["AAE=", "Ag=="]},
    "list": {"L": [{"S": "x"}, {"M": {"deep": {"B": "AAE="}}}, {"L": []}, {"BS": ["AAE="]}]},
    "map": {"M": {"a": {"N": "1"}, "b": {"M": {}}, "c": {"NULL": True}, "d": {"SS": ["é☃"]}}},
    "empty": {"S": ""},
    "emptyMap": {"M": {}},
}


def answers(server: Server) -> list[Any]:
    queries = [
        dynamodb("Scan", {"TableName": "Things"}),
        dynamodb("DescribeTable", {"TableName": "Things"}),
        dynamodb(
            "Query",
            {
                "TableName": "Things",
                "IndexName": "byColor",
                "KeyConditionExpression": "color = :c",
                "ExpressionAttributeValues": {":c": {"S": "red"}},
            },
        ),
    ]
    return [_comparable(json.loads(server.ask(query).body)) for query in queries]


def _comparable(answer: Any) -> Any:
    # A stream begins anew at each start, on purpose.
    for name in ("LatestStreamArn", "LatestStreamLabel"):
        answer.get("Table", {}).pop(name, None)
    if "Items" in answer:
        answer["Items"].sort(key=lambda one: one["PK"]["S"])
    return answer


def batch(puts: list[str], deletes: list[str]) -> Request:
    entries: list[Any] = [{"DeleteRequest": {"Key": item(key)}} for key in deletes]
    entries += [{"PutRequest": {"Item": item(key, color={"S": "red"})}} for key in puts]
    return dynamodb("BatchWriteItem", {"RequestItems": {"Things": entries}})


def changes() -> list[Request]:
    transaction = [
        {"Put": {"TableName": "Things", "Item": item("t1")}},
        {"Delete": {"TableName": "Things", "Key": item("b2")}},
        {
            "Update": {
                "TableName": "Things",
                "Key": item("t3"),
                "UpdateExpression": "SET color = :c",
                "ExpressionAttributeValues": {":c": {"S": "red"}},
            }
        },
    ]
    return [
        put("p1", **EVERY_TYPE),
        put("p2", color={"S": "red"}),
        put("p2", color={"S": "blue"}),
        batch(["b1", "b2", "b3"], ["p9"]),
        batch(["b4"], ["b3"]),
        add("p1", 3),
        add("new", 4),
        dynamodb("TransactWriteItems", {"TransactItems": transaction}),
        dynamodb("DeleteItem", {"TableName": "Things", "Key": item("b1")}),
        dynamodb("DeleteItem", {"TableName": "Things", "Key": item("nobody")}),
        dynamodb(
            "ExecuteStatement",
            {"Statement": "INSERT INTO Things VALUE {'PK': 'sql', 'SK': 'META'}"},
        ),
        dynamodb(
            "UpdateTimeToLive",
            {
                "TableName": "Things",
                "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "ttl"},
            },
        ),
    ]


@pytest.fixture
def changed(started: Start) -> Server:
    server = started()
    assert server.ask(create_table()).succeeded
    for request in changes():
        answer = server.ask(request)
        assert answer.succeeded, (request, answer)
    return server


def test_a_restart_brings_everything_back(started: Start, changed: Server) -> None:
    before = answers(changed)
    restarted = started()
    assert restarted.recovered.report.damage == []
    assert answers(restarted) == before


def test_a_restart_from_a_snapshot_and_a_tail_brings_everything_back(
    started: Start, changed: Server
) -> None:
    changed.compact()
    assert changed.ask(put("later", color={"S": "red"})).succeeded
    assert changed.ask(add("p1", 10)).succeeded
    before = answers(changed)
    restarted = started()
    assert restarted.recovered.report.damage == []
    assert answers(restarted) == before
    restarted.compact()
    assert answers(started()) == before


def test_the_short_way_leaves_what_the_front_door_leaves(moto: WsgiApp) -> None:
    requests = [
        put("p1", **EVERY_TYPE),
        batch(["b1", "b2"], []),
        batch(["b2"], ["b1"]),
        dynamodb("DeleteItem", {"TableName": "Things", "Key": item("b1")}),
    ]
    assert run(moto, create_table()).succeeded
    for request in requests:
        assert run(moto, request).succeeded
    front = dict(dynamodb_backends["123456789012"]["eu-west-1"].tables["Things"].items)
    forget()
    assert run(moto, create_table()).succeeded
    for request in requests:
        assert direct.apply(request)
    short = dict(dynamodb_backends["123456789012"]["eu-west-1"].tables["Things"].items)
    assert short == front
    assert repr(short) == repr(front)


def test_tables_of_two_regions_stay_apart(started: Start) -> None:
    server = started()
    for region in ("eu-west-1", "us-east-1"):
        assert server.ask(create_table(region=region)).succeeded
    assert server.ask(put("here")).succeeded
    there = dynamodb("Scan", {"TableName": "Things"}, region="us-east-1")
    for _ in range(2):
        again = started()
        assert json.loads(again.ask(there).body)["Count"] == 0
        assert len(answers(again)[0]["Items"]) == 1
        again.compact()


def test_failed_and_reading_and_ephemeral_requests_leave_no_trace(started: Start) -> None:
    server = started()
    assert server.ask(create_table()).succeeded
    size = server.journal.total
    assert not server.ask(create_table()).succeeded
    assert server.ask(dynamodb("Scan", {"TableName": "Things"})).succeeded
    quiet = put("quiet")
    quiet.headers["HTTP_X_BASKET_EPHEMERAL"] = "1"
    assert server.ask(quiet).succeeded
    assert server.journal.total == size
    assert answers(started())[0]["Items"] == []


def test_message_ids_are_the_same_after_a_restart(started: Start) -> None:
    def sqs(action: str, **content: Any) -> dict[str, Any]:
        answer = server.ask(json_request("sqs", f"AmazonSQS.{action}", content))
        assert answer.succeeded, answer
        return dict(json.loads(answer.body))

    server = started()
    queue = sqs("CreateQueue", QueueName="q")["QueueUrl"]
    sent = [sqs("SendMessage", QueueUrl=queue, MessageBody=body)["MessageId"] for body in "abc"]
    server = started()
    received = sqs("ReceiveMessage", QueueUrl=queue, MaxNumberOfMessages=10)
    assert [one["MessageId"] for one in received["Messages"]] == sent


def test_ids_given_to_reads_do_not_repeat_after_a_restart(started: Start) -> None:
    def request_id(server: Server) -> str:
        answer = server.ask(dynamodb("ListTables", {}))
        return dict(answer.headers)["x-amzn-requestid"]

    server = started()
    assert server.ask(create_table()).succeeded
    assert request_id(server) != request_id(started())


def test_backups_keep_the_items_of_their_moment_through_a_snapshot(started: Start) -> None:
    server = started()
    server.ask(create_table())
    server.ask(put("old"))
    backup = {"TableName": "Things", "BackupName": "b"}
    arn = json.loads(server.ask(dynamodb("CreateBackup", backup)).body)["BackupDetails"][
        "BackupArn"
    ]
    server.ask(put("new"))
    server.compact()
    restore = {"TargetTableName": "Copy", "BackupArn": arn}
    again = started()
    assert again.ask(dynamodb("RestoreTableFromBackup", restore)).succeeded
    found = json.loads(again.ask(dynamodb("Scan", {"TableName": "Copy"})).body)["Items"]
    assert [one["PK"]["S"] for one in found] == ["old"]
    assert {one["PK"]["S"] for one in answers(again)[0]["Items"]} == {"old", "new"}


def test_a_refused_update_leaves_the_item_whole(started: Start) -> None:
    server = started()
    server.ask(create_table())
    server.ask(put("a", color={"S": "red"}))
    update = {
        "TableName": "Things",
        "Key": item("a"),
        "UpdateExpression": "SET color = :c, big = :b",
        "ExpressionAttributeValues": {":c": {"S": "blue"}, ":b": {"S": "x" * 410_000}},
    }
    assert not server.ask(dynamodb("UpdateItem", update)).succeeded
    assert not server.ask(dynamodb("UpdateItem", {**update, "Key": item("n")})).succeeded
    assert answers(server)[0]["Items"] == [item("a", color={"S": "red"})]
