"""Calls to DynamoDB: revived when the server has died, one error language for everybody."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlsplit

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
)

from services.errors import StoreUnavailable
from services.store.connection import BULK, QUICK, WRITE, Connection

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_s3 import S3Client

Answer = TypeVar("Answer")

_PAUSES_WHILE_IT_DIES = (0.02, 0.1, 0.3)
"""The port of a server whose threads end one by one took 70 connections before it was gone, and
broke off each of them (measured, Linux)."""


class InDoubt(StoreUnavailable):
    """The request left, no answer came: whether it took effect is not known."""


class Broken(InDoubt):
    """The connection broke off: whoever was at the other end has most likely died."""


class Failed(InDoubt):
    """The server answered that something went wrong inside it."""


class Server(Protocol):
    """Who keeps the server behind a gateway alive."""

    @property
    def connection(self) -> Connection:
        """Where the server is at this moment."""
        ...

    @property
    def safe_for_several_writers(self) -> bool:
        """Whether the server itself takes one request at a time."""
        ...

    def revive(self) -> None:
        """Make sure that a server is running, with the table in it.

        Raises StoreUnavailable if that cannot be had.
        """
        ...


class Gateway:
    """The clients for one store, by how long their caller can wait."""

    def __init__(self, connection: Connection, server: Server) -> None:
        self._server = server
        self._connection = connection
        self._one_at_a_time = threading.Lock()
        self.quick: DynamoDBClient = connection.dynamodb(QUICK)
        self.write: DynamoDBClient = connection.dynamodb(WRITE)
        self.bulk: DynamoDBClient = connection.dynamodb(BULK)
        self.streams: DynamoDBStreamsClient = connection.streams(QUICK)
        self.s3: S3Client = connection.s3(BULK)
        for client in (self.quick, self.write, self.bulk, self.streams, self.s3):
            client.meta.events.register("before-call", self._to_where_it_is)
        for client in (self.bulk, self.s3):
            client.meta.events.register("before-call", _leave_no_trace)

    @cached_property
    def patient_streams(self) -> "DynamoDBStreamsClient":
        """For who has nothing else to fall back on than the stream; made when first asked for."""
        made = self._connection.streams(BULK)
        made.meta.events.register("before-call", self._to_where_it_is)
        return made

    def call(self, operation: Callable[..., Answer], **arguments: Any) -> Answer:
        """Call a client's operation, once more if the server was down and could be revived.

        Raises ClientError as the store answered it, InDoubt when no answer came, and
        StoreUnavailable when the request was not even heard.
        """
        try:
            return self.attempt(operation, **arguments)
        except NotHeard:
            self._server.revive()
        return self.attempt(operation, **arguments)

    def read(self, operation: Callable[..., Answer], **arguments: Any) -> Answer:
        """Call an operation that changes nothing: again, too, while the server dies over it."""
        for pause in _PAUSES_WHILE_IT_DIES:
            try:
                return self.call(operation, **arguments)
            except Broken:
                time.sleep(pause)
        return self.call(operation, **arguments)

    def attempt(self, operation: Callable[..., Answer], **arguments: Any) -> Answer:
        """Call a client's operation exactly once."""
        try:
            with self._turn():
                return operation(**arguments)
        except (EndpointConnectionError, ConnectTimeoutError) as error:
            raise NotHeard from error
        except ClientError as error:
            if code(error) == "ResourceNotFoundException":
                raise NotHeard("The store has lost its table.") from error
            if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
                raise Failed(_message(error)) from error
            raise
        except ConnectionClosedError as error:
            raise Broken from error
        except (HTTPClientError, BotoCoreError) as error:
            raise InDoubt from error
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            # From botocore's parsers: an answer that even the tolerant ones cannot read.
            raise Failed("The store's answer cannot be read.") from error

    def _to_where_it_is(self, params: dict[str, Any], **_: object) -> None:
        """Moto may have come back on another port than these clients were made for."""
        endpoint = self._server.connection.endpoint
        if endpoint is not None:
            there = urlsplit(endpoint).netloc
            params["url"] = urlsplit(params["url"])._replace(netloc=there).geturl()

    def _turn(self) -> AbstractContextManager[Any]:
        """Moto has no locks: where its server takes none, this process's calls take turns."""
        return nullcontext() if self._server.safe_for_several_writers else self._one_at_a_time


def _leave_no_trace(params: dict[str, Any], **_: object) -> None:
    """Our Moto need not remember that its contents were copied."""
    params["headers"]["X-Basket-Ephemeral"] = "1"


class NotHeard(StoreUnavailable):
    """The request took no effect: nobody was there, or the table was not."""


def code(error: ClientError) -> str:
    """The error's code as AWS names it, such as ConditionalCheckFailedException."""
    return error.response.get("Error", {}).get("Code", "")


def _message(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Message") or "The store failed to answer."
