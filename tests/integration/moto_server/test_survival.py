"""Whatever anybody was told of is there after kill -9."""

import json
import random
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from tests.integration.moto_server.conftest import Launch, MotoProcess, key, make_table, scan
from tests.integration.stores import eventually
from tests.integration.strangers import web_server


@pytest.mark.torture
def test_acknowledged_puts_survive_kill_nine(
    launch: Launch, rng: random.Random, torture: bool
) -> None:
    server = _relaunch(launch)
    make_table(server)
    acknowledged: set[str] = set()
    for round_ in range(12 if torture else 1):
        acknowledged |= _write_until_killed(server, f"r{round_}", rng.uniform(0, 1))
        server = _relaunch(launch)
        assert acknowledged <= scan(server.client("dynamodb")).keys()


def _relaunch(launch: Launch) -> MotoProcess:
    return launch("--compact-bytes", "50000")


def _write_until_killed(server: MotoProcess, prefix: str, seconds: float) -> set[str]:
    acknowledged: set[str] = set()

    def write(writer: int) -> None:
        client = server.client("dynamodb")
        for number in range(10_000):
            name = f"{prefix}-{writer}-{number}"
            try:
                client.put_item(TableName="Things", Item={**key(name), "x": {"S": "y" * 300}})
            except (BotoCoreError, ClientError):
                return
            acknowledged.add(name)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    assert eventually(lambda: len(acknowledged) > 20)
    time.sleep(seconds)
    server.kill()
    for writer in writers:
        writer.join()
    return acknowledged


class Before:
    """What a server knew before it was killed; small snapshots are part of its journal."""

    def __init__(self, server: MotoProcess) -> None:
        self.server = server
        self.client = make_table(server)
        _every_kind_of_write(self.client)
        self.items, self.blue = scan(self.client), _by_color(self.client)
        make_table(server, "Here", "eu-west-1").put_item(TableName="Here", Item=key("here"))
        make_table(server, "Here", "us-east-1").put_item(TableName="Here", Item=key("there"))
        self._other_services(server)

    def _other_services(self, server: MotoProcess) -> None:
        s3, sqs = server.client("s3", "us-east-1"), server.client("sqs")
        s3.create_bucket(Bucket="things")
        s3.put_object(Bucket="things", Key="a b/ü", Body=b"\x00\xff" * 1000)
        self.queue = sqs.create_queue(QueueName="q")["QueueUrl"]
        self.sent = [
            sqs.send_message(QueueUrl=self.queue, MessageBody=f"m{n}")["MessageId"]
            for n in range(3)
        ]
        self.topic = server.client("sns").create_topic(Name="t")["TopicArn"]
        kms = server.client("kms")
        master = kms.create_key()["KeyMetadata"]["KeyId"]
        self.secret = kms.encrypt(KeyId=master, Plaintext=b"secret")["CiphertextBlob"]


def test_everything_survives_with_the_same_ids_also_through_snapshots(launch: Launch) -> None:
    server = launch("--compact-bytes", "2000")
    before = Before(server)
    server.kill()
    launch("--compact-bytes", "2000").kill()
    again = launch("--compact-bytes", "2000")

    assert again.status()["recovery"]["damage"] == []
    client = again.client("dynamodb")
    assert (scan(client), _by_color(client)) == (before.items, before.blue)
    assert scan(client, "Here").keys() == {"here"}
    assert scan(again.client("dynamodb", "us-east-1"), "Here").keys() == {"there"}
    found = again.client("s3", "us-east-1").get_object(Bucket="things", Key="a b/ü")
    assert found["Body"].read() == b"\x00\xff" * 1000
    received = again.client("sqs").receive_message(QueueUrl=before.queue, MaxNumberOfMessages=10)
    assert [one["MessageId"] for one in received["Messages"]] == before.sent
    topics = again.client("sns").list_topics()["Topics"]
    assert [topic["TopicArn"] for topic in topics] == [before.topic]
    plain = again.client("kms").decrypt(CiphertextBlob=before.secret)["Plaintext"]
    assert plain == b"secret"


def test_what_was_sent_to_others_is_not_sent_again(launch: Launch) -> None:
    got: list[bytes] = []
    with web_server(200, b"", got) as url:
        sns = (server := launch()).client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=url)
        sns.publish(TopicArn=topic, Message="once")
        server.kill()
        sns = (again := launch()).client("sns")
        assert again.status()["recovery"]["damage"] == []
        # The subscription was brought back, and what is new goes to it.
        sns.publish(TopicArn=topic, Message="then")
    assert [json.loads(body)["Message"] for body in got] == ["once", "then"]


def test_an_object_that_looks_like_a_question_is_kept(launch: Launch) -> None:
    server = launch()
    server.client("s3", "us-east-1").create_bucket(Bucket="things")
    body = b"Action=GetIt&x=1"
    request = urllib.request.Request(f"{server.url}/things/key", data=body, method="PUT")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as answer:
        tag = answer.headers["ETag"]
    server.kill()
    kept = launch().client("s3", "us-east-1").list_objects_v2(Bucket="things")["Contents"]
    assert [(one["Key"], one["ETag"]) for one in kept] == [("key", tag)]


def _every_kind_of_write(client: Any) -> None:
    for number in range(30):
        client.put_item(TableName="Things", Item={**key(f"p{number}"), "color": {"S": "red"}})
    for number in range(10):
        client.update_item(
            TableName="Things",
            Key=key(f"p{number}"),
            UpdateExpression="SET color = :c ADD hits :one",
            ExpressionAttributeValues={":c": {"S": "blue"}, ":one": {"N": "1"}},
        )
    entries: list[Any] = [{"PutRequest": {"Item": key(f"b{n}")}} for n in range(20)]
    client.batch_write_item(RequestItems={"Things": entries})
    client.batch_write_item(RequestItems={"Things": [{"DeleteRequest": {"Key": key("b3")}}]})
    client.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": "Things", "Item": key("t1")}},
            {"Delete": {"TableName": "Things", "Key": key("p20")}},
        ]
    )
    client.delete_item(TableName="Things", Key=key("p21"))


def _by_color(client: Any) -> set[str]:
    found = client.query(
        TableName="Things",
        IndexName="byColor",
        KeyConditionExpression="color = :c",
        ExpressionAttributeValues={":c": {"S": "blue"}},
    )
    return {one["PK"]["S"] for one in found["Items"]}


# Quick: of all who add the same asset one wins, see torture/test_register.py.
@pytest.mark.torture
@pytest.mark.long
def test_a_conditional_put_has_one_winner(launch: Launch) -> None:
    # So short a switch interval shows a missing lock within seconds.
    server = launch(interval=1e-6)
    make_table(server)
    rounds = 100
    winners: list[str] = []
    barrier = threading.Barrier(4)

    def race(writer: int) -> None:
        client = server.client("dynamodb")
        for number in range(rounds):
            barrier.wait()
            item = {**key(f"k{number}"), "by": {"N": str(writer)}, "x": {"S": "y" * 60_000}}
            try:
                client.put_item(
                    TableName="Things", Item=item, ConditionExpression="attribute_not_exists(PK)"
                )
            except client.exceptions.ConditionalCheckFailedException:
                continue
            winners.append(f"k{number}")

    writers = [threading.Thread(target=race, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(winners) == sorted(f"k{number}" for number in range(rounds))


def test_streams_begin_anew_and_say_so(launch: Launch) -> None:
    server = launch()
    make_table(server).put_item(TableName="Things", Item=key("a"))
    arn, shard, iterator = _stream(server)
    (record,) = server.client("dynamodbstreams").get_records(ShardIterator=iterator)["Records"]
    old = record["dynamodb"]["SequenceNumber"]
    server.kill()
    again = launch()
    again.client("dynamodb").put_item(TableName="Things", Item=key("b"))
    streams = again.client("dynamodbstreams")
    with pytest.raises(streams.exceptions.ExpiredIteratorException):
        streams.get_records(ShardIterator=iterator)
    new_arn, new_shard, new_iterator = _stream(again)
    (record,) = streams.get_records(ShardIterator=new_iterator)["Records"]
    assert record["dynamodb"]["Keys"] == key("b")
    assert int(record["dynamodb"]["SequenceNumber"]) > int(old)
    assert (new_arn, new_shard) != (arn, shard)


def test_an_open_iterator_outlives_a_failed_transaction(forgetful: MotoProcess, table: str) -> None:
    client = make_table(forgetful, table)
    client.put_item(TableName=table, Item=key("a"))
    _, _, iterator = _stream(forgetful, table)
    put = {
        "TableName": table,
        "Item": key("a"),
        "ConditionExpression": "attribute_not_exists(PK)",
    }
    with pytest.raises(client.exceptions.TransactionCanceledException):
        client.transact_write_items(TransactItems=[{"Put": put}])
    client.put_item(TableName=table, Item=key("b"))
    found = forgetful.client("dynamodbstreams").get_records(ShardIterator=iterator)["Records"]
    assert [one["dynamodb"]["Keys"]["PK"]["S"] for one in found] == ["a", "b"]


def _stream(server: MotoProcess, table: str = "Things") -> tuple[str, str, str]:
    streams = server.client("dynamodbstreams")
    arn = streams.list_streams(TableName=table)["Streams"][0]["StreamArn"]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    return arn, shard, iterator


def test_damage_is_reported_healed_and_kept_aside(launch: Launch, tmp_path: Path) -> None:
    server = launch()
    client = make_table(server)
    for number in range(20):
        client.put_item(TableName="Things", Item=key(f"k{number}"))
    server.kill()
    tail = tmp_path / "data" / "journal" / "tail-00000001.log"
    damaged = bytearray(tail.read_bytes())
    damaged[-50] ^= 4
    tail.write_bytes(damaged)
    again = launch()
    assert len(scan(again.client("dynamodb"))) == 20
    (sentence,) = again.status()["recovery"]["damage"]
    assert f"{tail} at byte " in sentence
    kept = tmp_path / "data" / "journal" / "damaged" / "tail-00000001.log"
    assert eventually(kept.exists)
    assert kept.read_bytes() == damaged
    assert sentence in again.stop()[1]
    healed = launch()
    assert healed.status()["recovery"]["damage"] == []
    assert len(scan(healed.client("dynamodb"))) == 20
