"""Whatever anybody was told of is there after kill -9."""

import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from tests.integration.moto_server.conftest import Launch, MotoProcess, key, make_table, scan


@pytest.mark.torture
def test_acknowledged_puts_survive_kill_nine(
    launch: Launch, rng: random.Random, torture: bool
) -> None:
    first = _relaunch(launch)
    make_table(first)
    first.kill()
    acknowledged: set[str] = set()
    for round_ in range(12 if torture else 2):
        server = _relaunch(launch)
        assert acknowledged <= scan(server.client("dynamodb")).keys()
        acknowledged |= _write_until_killed(server, f"r{round_}", rng.uniform(0.2, 1.5))
        assert acknowledged
    assert acknowledged <= scan(_relaunch(launch).client("dynamodb")).keys()


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
    time.sleep(seconds)
    server.kill()
    for writer in writers:
        writer.join()
    return acknowledged


def test_other_services_survive_with_the_same_ids(launch: Launch) -> None:
    server = launch()
    s3, sqs = server.client("s3", "us-east-1"), server.client("sqs")
    s3.create_bucket(Bucket="things")
    s3.put_object(Bucket="things", Key="a b/ü", Body=b"\x00\xff" * 1000)
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    sent = [sqs.send_message(QueueUrl=queue, MessageBody=f"m{n}")["MessageId"] for n in range(3)]
    topic = server.client("sns").create_topic(Name="t")["TopicArn"]
    kms = server.client("kms")
    master = kms.create_key()["KeyMetadata"]["KeyId"]
    secret = kms.encrypt(KeyId=master, Plaintext=b"secret")["CiphertextBlob"]
    server.kill()
    again = launch()
    found = again.client("s3", "us-east-1").get_object(Bucket="things", Key="a b/ü")
    assert found["Body"].read() == b"\x00\xff" * 1000
    received = again.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    assert [one["MessageId"] for one in received["Messages"]] == sent
    assert [t["TopicArn"] for t in again.client("sns").list_topics()["Topics"]] == [topic]
    assert again.client("kms").decrypt(CiphertextBlob=secret)["Plaintext"] == b"secret"
    assert again.status()["recovery"]["damage"] == []


def test_every_kind_of_write_survives_also_through_snapshots(launch: Launch) -> None:
    server = launch("--compact-bytes", "2000")
    client = make_table(server)
    _every_kind_of_write(client)
    before = scan(client), _by_color(client)
    server.kill()
    for _ in range(2):
        again = launch("--compact-bytes", "2000")
        client = again.client("dynamodb")
        assert (scan(client), _by_color(client)) == before
        assert again.status()["recovery"]["damage"] == []
        again.kill()


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


def test_regions_stay_apart(launch: Launch) -> None:
    server = launch()
    make_table(server, region="eu-west-1").put_item(TableName="Things", Item=key("here"))
    make_table(server, region="us-east-1").put_item(TableName="Things", Item=key("there"))
    server.kill()
    again = launch()
    assert scan(again.client("dynamodb", "eu-west-1")).keys() == {"here"}
    assert scan(again.client("dynamodb", "us-east-1")).keys() == {"there"}


@pytest.mark.torture
def test_a_conditional_put_has_one_winner(launch: Launch, torture: bool) -> None:
    # So short a switch interval shows a missing lock within seconds.
    server = launch(interval=1e-6)
    make_table(server)
    rounds = 100 if torture else 20
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


def test_an_open_iterator_outlives_a_failed_transaction(launch: Launch) -> None:
    server = launch()
    client = make_table(server)
    client.put_item(TableName="Things", Item=key("a"))
    _, _, iterator = _stream(server)
    put = {
        "TableName": "Things",
        "Item": key("a"),
        "ConditionExpression": "attribute_not_exists(PK)",
    }
    with pytest.raises(client.exceptions.TransactionCanceledException):
        client.transact_write_items(TransactItems=[{"Put": put}])
    client.put_item(TableName="Things", Item=key("b"))
    found = server.client("dynamodbstreams").get_records(ShardIterator=iterator)["Records"]
    assert [one["dynamodb"]["Keys"]["PK"]["S"] for one in found] == ["a", "b"]


def _stream(server: MotoProcess) -> tuple[str, str, str]:
    streams = server.client("dynamodbstreams")
    arn = streams.list_streams(TableName="Things")["Streams"][0]["StreamArn"]
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
    _wait_for(kept)
    assert kept.read_bytes() == damaged
    assert sentence in again.stop()[1]
    healed = launch()
    assert healed.status()["recovery"]["damage"] == []
    assert len(scan(healed.client("dynamodb"))) == 20


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 10
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
