"""What must not reach Moto does not reach it, and what should does."""

import gzip
import http.client
import json
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.moto_server.conftest import Launch, MotoProcess, key, make_table, scan


@pytest.mark.parametrize("path", ["/moto-api/reset", "/moto-api/data.json", "/moto-api/"])
def test_motos_control_routes_are_refused(forgetful: MotoProcess, table: str, path: str) -> None:
    client = make_table(forgetful, table)
    status, body = forgetful.get(path, "POST")
    assert status == 403
    assert json.loads(body)["message"].startswith("Moto's own control routes")
    assert client.describe_table(TableName=table)["Table"]["TableStatus"] == "ACTIVE"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_foreign_pages_are_refused(forgetful: MotoProcess, headers: dict[str, str]) -> None:
    assert forgetful.get("/", **headers)[0] == 403


def test_pages_of_this_machine_get_no_permissive_headers(forgetful: MotoProcess) -> None:
    connection = _connection(forgetful)
    connection.request("GET", "/", headers={"Origin": "http://localhost:8000"})
    names = [name.lower() for name, _ in connection.getresponse().getheaders()]
    assert not [name for name in names if name.startswith("access-control-")]


def test_a_body_that_is_too_large_is_refused_and_a_chunked_one_taken(
    forgetful: MotoProcess, table: str
) -> None:
    bucket = table
    s3 = forgetful.client("s3", "us-east-1")
    s3.create_bucket(Bucket=bucket)
    connection = _connection(forgetful)
    connection.request("PUT", f"/{bucket}/a", headers={"Content-Length": str(65 * 1024 * 1024)})
    assert connection.getresponse().status == 413
    connection = _connection(forgetful)
    body = iter([b"hello ", b"chunks"])
    connection.request("PUT", f"/{bucket}/a", body=body, encode_chunked=True)
    assert connection.getresponse().status == 200
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"hello chunks"
    connection = _connection(forgetful)
    chunk = b"x" * 1024 * 1024
    try:
        body = (chunk for _ in range(70))
        connection.request("PUT", f"/{bucket}/b", body=body, encode_chunked=True)
        assert connection.getresponse().status in (413, 500)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server hung up in the middle, which is a refusal as well
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a"]


def test_an_error_in_moto_is_an_answer(forgetful: MotoProcess, table: str) -> None:
    client = make_table(forgetful, table)
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.put_item(TableName=table, Item={**key("a"), "b": {"S": "\ud800"}})
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] >= 400
    assert table in client.list_tables()["TableNames"]


def test_all_kinds_of_services_are_dispatched(forgetful: MotoProcess, table: str) -> None:
    bucket = table
    s3 = forgetful.client("s3", "us-east-1")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a/b c%2Fd+é", Body=b"x", Metadata={"my_key": "v"})
    found = s3.get_object(Bucket=bucket, Key="a/b c%2Fd+é")
    assert (found["Body"].read(), found["Metadata"]) == (b"x", {"my_key": "v"})
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a/b c%2Fd+é"]
    assert forgetful.client("sts").get_caller_identity()["Account"] == "123456789012"
    assert forgetful.client("sns").create_topic(Name="x")["TopicArn"].endswith(":x")
    assert forgetful.client("lambda").list_functions()["Functions"] == []
    assert "Metrics" in forgetful.client("cloudwatch").list_metrics()
    assert forgetful.client("kms").create_key()["KeyMetadata"]["KeyId"]


def test_a_long_poll_keeps_nobody_waiting_and_neither_it_nor_an_export_harms_the_journal(
    launch: Launch,
) -> None:
    server = launch()
    queue = _poll(server)
    client = make_table(server)
    client.put_item(TableName="Things", Item={**key("a"), "b": {"B": b"\x00\xff"}})
    size = server.status()["journal"]["bytes"]
    assert _export(server, client) == [{"Item": {**key("a"), "b": {"B": "AP8="}}}]
    assert server.status()["journal"]["bytes"] == size

    server.kill()
    again = launch()
    attributes = again.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])
    assert attributes["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "1"
    assert again.client("s3").list_buckets()["Buckets"] == []
    assert scan(again.client("dynamodb")).keys() == {"a"}


def _poll(server: MotoProcess) -> str:
    """Receive a message that is sent while somebody waits for it; the queue."""
    sqs = server.client("sqs")
    queue: str = sqs.create_queue(QueueName="q")["QueueUrl"]
    received: list[Any] = []

    def poll() -> None:
        answer = server.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=20)
        received.extend(answer.get("Messages", []))

    waiting = threading.Thread(target=poll)
    waiting.start()
    for _ in range(5):
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])
    sent: str = sqs.send_message(QueueUrl=queue, MessageBody="hello")["MessageId"]
    waiting.join(60)
    # If the poll kept the others waiting, it would end before there is a message.
    assert [one["MessageId"] for one in received] == [sent]
    return queue


def _export(server: MotoProcess, client: Any) -> list[Any]:
    s3 = server.client("s3", "us-east-1")
    for each in (client, s3):
        each.meta.events.register("before-sign", _mark_ephemeral)
    client.update_continuous_backups(
        TableName="Things", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    s3.create_bucket(Bucket="exports")
    table = client.describe_table(TableName="Things")["Table"]["TableArn"]
    made = client.export_table_to_point_in_time(TableArn=table, S3Bucket="exports", S3Prefix="p")
    arn = made["ExportDescription"]["ExportArn"]
    while True:
        described = client.describe_export(ExportArn=arn)["ExportDescription"]
        if described["ExportStatus"] != "IN_PROGRESS":
            break
        time.sleep(0.01)
    (stored,) = s3.list_objects_v2(Bucket="exports")["Contents"]
    content = s3.get_object(Bucket="exports", Key=stored["Key"])["Body"].read()
    s3.delete_object(Bucket="exports", Key=stored["Key"])
    return [json.loads(line) for line in gzip.decompress(content).splitlines()]


def _mark_ephemeral(request: Any, **_: Any) -> None:
    request.headers["X-Basket-Ephemeral"] = "1"


def _connection(server: MotoProcess) -> http.client.HTTPConnection:
    parts = urlsplit(server.url)
    return http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=60)
