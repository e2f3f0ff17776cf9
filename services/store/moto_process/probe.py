"""Identifies who answers at an endpoint: nobody, our Moto, another Moto, or a stranger."""

import contextlib
import http.client
import json
import random
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from services.errors import StartRefused
from services.store.connection import Connection, Timeouts

Who = Literal["nobody", "ours", "stock", "stranger"]
_PATIENCE = Timeouts(connect=0.5, read=2)
_ASKING_SECONDS = 1.0
"""For each piece of an answer."""
_LARGEST_BODY = 100_000
_SILENT = "accepts connections but does not answer"


@dataclass(frozen=True)
class Answer:
    """What was found at an endpoint."""

    who: Who
    pid: int | None = None
    boot: str = ""
    durable: bool = False
    data_dir: str | None = None
    note: str = ""
    """For a stranger: what it does, in words. For ours: what it could not read at its start."""
    refusing: str = ""
    """Why ours takes no changes at present, if it does not."""

    @property
    def is_silent(self) -> bool:
        """Whether somebody is there who does not answer, and may only be too busy to."""
        return self.note == _SILENT


def identify(connection: Connection, *, patiently: bool = False) -> Answer:
    """Who answers at the connection's endpoint; takes at most about three seconds.

    A web server that answers 200 to everything would let put_item report success (measured with
    boto3 1.44), so nobody is taken for Moto who has not proved it. `patiently`: who was too busy
    to answer is asked a second time.
    """
    seen = _look(connection)
    if seen.who == "stranger" and (patiently or not seen.is_silent):
        # A Moto that is killed while it is asked hangs up as a stranger does, but is gone then.
        time.sleep(0.1)
        seen = _look(connection)
    return seen


def ask_ours(connection: Connection) -> Answer | None:
    """What our Moto says of itself; None if it does not answer, or is another's."""
    try:
        return _ask(connection.endpoint or "")
    except (OSError, http.client.HTTPException):
        return None


def _look(connection: Connection) -> Answer:
    try:
        status = _ask(connection.endpoint or "")
    except ConnectionRefusedError:
        return Answer("nobody")
    except TimeoutError:
        return Answer("stranger", note=_SILENT)
    except (OSError, http.client.HTTPException):
        return Answer("stranger", note="does not speak HTTP")
    if status is not None:
        return status
    if _keeps_tables(connection):
        return Answer("stock")
    return Answer("stranger", note="answers HTTP, but is not Moto")


def _ask(endpoint: str) -> Answer | None:
    parts = urlsplit(endpoint)
    nonce = uuid4().hex
    plug = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_ASKING_SECONDS)
    # Each read may take so long; who sends a byte now and then could go on for ever.
    hung_up = threading.Event()
    patience = threading.Timer(_PATIENCE.read, _hang_up, [plug, hung_up])
    patience.start()
    try:
        plug.request("GET", f"/_basket/status?nonce={nonce}")
        answer = plug.getresponse()
        body = answer.read(_LARGEST_BODY)
        if hung_up.is_set():
            raise TimeoutError
        if answer.length and len(body) < _LARGEST_BODY:
            # Whoever says no more after this, what was said proves nothing.
            raise http.client.IncompleteRead(body)
        return _read(body, nonce)
    except (OSError, http.client.HTTPException) as error:
        # Who hung up hears half an answer, or none.
        if hung_up.is_set():
            raise TimeoutError from error
        raise
    finally:
        patience.cancel()
        plug.close()


def _hang_up(plug: http.client.HTTPConnection, hung_up: threading.Event) -> None:
    # Said first: who waits is woken by the hanging up itself, and looks at once.
    hung_up.set()
    if plug.sock is not None:
        with contextlib.suppress(OSError):
            plug.sock.shutdown(socket.SHUT_RDWR)


def _read(body: bytes, nonce: str) -> Answer | None:
    try:
        said: Any = json.loads(body)
        if said["server"] != "asset-basket-moto" or said["nonce"] != nonce:
            return None
        return Answer(
            "ours",
            pid=int(said["pid"]),
            boot=str(said["boot"]),
            durable=bool(said["durable"]),
            data_dir=said["dataDir"],
            note=" ".join(said.get("recovery", {}).get("damage") or []),
            refusing=said.get("journal", {}).get("failing") or "",
        )
    except (ValueError, TypeError, KeyError):
        return None


def _keeps_tables(connection: Connection) -> bool:
    """Whether a table made there can be read back; the table is deleted at once."""
    client = connection.dynamodb(_PATIENCE)
    name = f"AssetBasketProof-{uuid4().hex}"
    try:
        client.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        return client.delete_table(TableName=name)["TableDescription"]["TableName"] == name
    except (BotoCoreError, ClientError, KeyError, ValueError):
        return False


def free_port() -> int:
    """A port of the loopback interface on which nothing listens at this moment.

    Below the range that Linux takes source ports from: while a server there is away, a client that
    keeps trying could otherwise be connected to itself, and the server could not come back.
    """
    for port in random.SystemRandom().sample(range(10_000, 32_000), 200):
        with socket.socket() as plug, contextlib.suppress(OSError):
            plug.bind(("127.0.0.1", port))
            return port
    raise StartRefused("No free port was found on 127.0.0.1.")
