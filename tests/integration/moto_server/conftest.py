"""A Moto server as people start it: its own process, a free port, a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

# The switch interval of the child is part of some tests, so it starts through this line.
_CODE = (
    "import sys; sys.setswitchinterval({interval}); sys.argv[0] = 'moto_server';"
    "from services.moto_server.__main__ import main; sys.exit(main())"
)
_ROOT = Path(__file__).parents[3]


class MotoProcess:
    """One running server; ``kill`` and ``stop`` end this process and no other."""

    def __init__(self, *arguments: str, interval: float = 0.005) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CODE.format(interval=interval), "-p", "0", *arguments],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        assert self.process.stdout is not None
        self.greeting = self.process.stdout.readline()
        assert "listens on" in self.greeting, self.process.communicate()
        self.url = self.greeting.split(" listens on ")[1].split()[0]

    def client(self, service: str, region: str = "eu-west-1") -> Any:
        """A boto3 client that asks once and goes nowhere else."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(
                retries={"total_max_attempts": 1},
                proxies={},
                connect_timeout=60,
                read_timeout=60,
                s3={"addressing_style": "path"},
            ),
        )

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """A bare HTTP request: status and body. ``Host`` and others as keywords."""
        request = urllib.request.Request(self.url + path, method=method)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def status(self) -> dict[str, Any]:
        """What the status route says."""
        return dict(json.loads(self.get("/_basket/status?nonce=abc")[1]))

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(60)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """A clean stop: exit code and everything that it said on stderr."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors

    def close(self) -> None:
        """See to it that it is gone."""
        if self.process.poll() is None:
            self.kill()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()


@pytest.fixture(scope="session")
def forgetful() -> Iterator[MotoProcess]:
    """A server in memory only, for tests that leave it as it is."""
    server = MotoProcess()
    yield server
    server.close()


@pytest.fixture
def table() -> str:
    """The name of a table, or of anything else, that no other test uses."""
    return f"things-{uuid4().hex}"


Launch = Callable[..., MotoProcess]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Starts servers on the test's folder and sees to it that none is left."""
    started: list[MotoProcess] = []

    def start(*arguments: str, interval: float = 0.005) -> MotoProcess:
        folder = ["--data-dir", str(tmp_path / "data")]
        started.append(MotoProcess(*folder, *arguments, interval=interval))
        return started[-1]

    yield start
    for server in started:
        server.close()


def make_table(server: MotoProcess, name: str = "Things", region: str = "eu-west-1") -> Any:
    """A client for a new table with both keys, a stream and an index on ``color``."""
    client = server.client("dynamodb", region)
    client.create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "PK", "KeyType": "HASH"},
            {"AttributeName": "SK", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "PK", "AttributeType": "S"},
            {"AttributeName": "SK", "AttributeType": "S"},
            {"AttributeName": "color", "AttributeType": "S"},
        ],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        GlobalSecondaryIndexes=[
            {
                "IndexName": "byColor",
                "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    return client


def key(name: str) -> dict[str, Any]:
    """The key of an item."""
    return {"PK": {"S": name}, "SK": {"S": "META"}}


def scan(client: Any, table: str = "Things") -> dict[str, Any]:
    """Every item of a table by its partition key."""
    pages = client.get_paginator("scan").paginate(TableName=table)
    return {one["PK"]["S"]: one for page in pages for one in page["Items"]}
