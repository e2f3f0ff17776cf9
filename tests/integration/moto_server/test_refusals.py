"""What must not reach Moto does not reach it, and what should does."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.moto_server.conftest import Launch, MotoProcess, key, make_table, scan


@pytest.mark.parametrize("path", ["/moto-api/reset", "/moto-api/data.json", "/moto-api/"])
def test_motos_control_routes_are_refused(launch: Launch, path: str) -> None:
    server = launch()
    client = make_table(server)
    status, body = server.get(path, "POST")
    assert status == 403
    assert json.loads(body)["message"].startswith("Moto's own control routes")
    assert client.list_tables()["TableNames"] == ["Things"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_foreign_pages_are_refused(launch: Launch, headers: dict[str, str]) -> None:
    assert launch(memory_only=True).get("/", **headers)[0] == 403


def test_pages_of_this_machine_get_no_permissive_headers(launch: Launch) -> None:
    server = launch(memory_only=True)
    connection = _connection(server)
    connection.request("GET", "/", headers={"Origin": "http://localhost:8000"})
    names = [name.lower() for name, _ in connection.getresponse().getheaders()]
    assert not [name for name in names if name.startswith("access-control-")]


def test_a_body_that_is_too_large_is_refused_and_a_chunked_one_taken(launch: Launch) -> None:
    server = launch(memory_only=True)
    s3 = server.client("s3", "us-east-1")
    s3.create_bucket(Bucket="things")
    connection = _connection(server)
    connection.request("PUT", "/things/a", headers={"Content-Length": str(65 * 1024 * 1024)})
    assert connection.getresponse().status == 413
    connection = _connection(server)
    connection.request("PUT", "/things/a", body=iter([b"hello ", b"chunks"]), encode_chunked=True)
    assert connection.getresponse().status == 200
    assert s3.get_object(Bucket="things", Key="a")["Body"].read() == b"hello chunks"
    connection = _connection(server)
    chunk = b"x" * 1024 * 1024
    try:
        connection.request("PUT", "/things/b", body=(chunk for _ in range(70)), encode_chunked=True)
        assert connection.getresponse().status in (413, 500)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server hung up in the middle, which is a refusal as well
    assert [one["Key"] for one in s3.list_objects_v2(Bucket="things")["Contents"]] == ["a"]


def test_an_error_in_moto_is_an_answer(launch: Launch) -> None:
    server = launch(memory_only=True)
    client = make_table(server)
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.put_item(TableName="Things", Item={**key("a"), "b": {"S": "\ud800"}})
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] >= 400
    assert client.list_tables()["TableNames"] == ["Things"]


def test_all_kinds_of_services_are_dispatched(launch: Launch) -> None:
    server = launch(memory_only=True)
    s3 = server.client("s3", "us-east-1")
    s3.create_bucket(Bucket="things")
    s3.put_object(Bucket="things", Key="a/b c%2Fd+é", Body=b"x", Metadata={"my_key": "v"})
    found = s3.get_object(Bucket="things", Key="a/b c%2Fd+é")
    assert (found["Body"].read(), found["Metadata"]) == (b"x", {"my_key": "v"})
    assert [one["Key"] for one in s3.list_objects_v2(Bucket="things")["Contents"]] == [
        "a/b c%2Fd+é"
    ]
    assert server.client("sts").get_caller_identity()["Account"] == "123456789012"
    assert server.client("sns").create_topic(Name="x")["TopicArn"].endswith(":x")
    assert server.client("lambda").list_functions()["Functions"] == []
    assert "Metrics" in server.client("cloudwatch").list_metrics()
    assert server.client("kms").create_key()["KeyMetadata"]["KeyId"]


def test_a_long_poll_keeps_nobody_waiting(launch: Launch) -> None:
    import threading

    server = launch()
    sqs = server.client("sqs")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    received: list[Any] = []

    def poll() -> None:
        answer = server.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=10)
        received.extend(answer["Messages"])

    waiting = threading.Thread(target=poll)
    waiting.start()
    for _ in range(5):
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])
    sent = sqs.send_message(QueueUrl=queue, MessageBody="hello")["MessageId"]
    waiting.join(5)
    assert not waiting.is_alive()
    assert [one["MessageId"] for one in received] == [sent]
    server.kill()
    again = launch().client("sqs")
    attributes = again.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessagesNotVisible"] == "1"


def test_an_export_equals_a_scan_and_can_leave_no_trace(launch: Launch) -> None:
    server = launch()
    client = make_table(server)
    client.put_item(TableName="Things", Item={**key("a"), "b": {"B": b"\x00\xff"}})
    size = server.status()["journal"]["bytes"]
    found = _export(server, client)
    assert found == [{"Item": {**key("a"), "b": {"B": "AP8="}}}]
    assert server.status()["journal"]["bytes"] == size
    server.kill()
    again = launch()
    assert again.client("s3").list_buckets()["Buckets"] == []
    assert scan(again.client("dynamodb")).keys() == {"a"}


def _export(server: MotoProcess, client: Any) -> list[Any]:
    import gzip
    import time

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
    return http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
