"""Connections to DynamoDB: the one place where an AWS client is made."""

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import boto3
from botocore import configprovider
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError
from botocore.loaders import Loader
from botocore.session import Session
from urllib3.util import parse_url

from services.errors import StartRefused
from services.network import is_loopback
from services.store.parsing import TolerantParsers

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class Timeouts:
    """How long one attempt may take, in seconds."""

    connect: float
    read: float


QUICK = Timeouts(connect=0.3, read=0.7)
"""For questions that something else can answer if the store does not."""
WRITE = Timeouts(connect=0.5, read=1.5)
"""For changes: with a quick read-back after it, a person waits under three seconds."""
FIRST = Timeouts(connect=0.5, read=15)
"""For a Moto's first change, with which it loads what it needs: 1.4 to 1.9 s where a second one
takes 0.1 s (measured, Moto 5.2.5, on a busy machine). It cannot be asked of anybody else."""
BULK = Timeouts(connect=0.5, read=60)
"""For loading everything."""


@dataclass(frozen=True)
class Connection:
    """Where DynamoDB is, and the way to make clients for it.

    With target "moto" a client has dummy keys, ignores every environment variable and file that
    configures AWS, uses no proxy and refuses to send anything to a host that is not loopback.
    With target "aws" it is a client as the environment configures it.
    """

    target: Literal["moto", "aws"]
    region: str
    endpoint: str | None = None

    def at(self, endpoint: str) -> "Connection":
        """The same, at another endpoint."""
        return Connection(self.target, self.region, endpoint)

    def dynamodb(self, timeouts: Timeouts) -> "DynamoDBClient":
        """A client for tables and items."""
        client: DynamoDBClient = self._client("dynamodb", timeouts)
        return client

    def streams(self, timeouts: Timeouts) -> "DynamoDBStreamsClient":
        """A client for the table's stream of changes."""
        client: DynamoDBStreamsClient = self._client("dynamodbstreams", timeouts)
        return client

    def s3(self, timeouts: Timeouts) -> "S3Client":
        """A client for the bucket that table exports are written to."""
        client: S3Client = self._client("s3", timeouts)
        return client

    def _client(self, service: str, timeouts: Timeouts) -> Any:
        client = (
            self._loopback(service, timeouts)
            if self.target == "moto"
            else self._real(service, timeouts)
        )
        client.meta.events.register("before-parse.dynamodb", _refuse_what_was_cut_off)
        client.meta.events.register("before-parse.dynamodb-streams", _refuse_what_was_cut_off)
        return client

    def _real(self, service: str, timeouts: Timeouts) -> Any:
        session = boto3.session.Session(
            region_name=self.region, botocore_session=_tolerant(Session())
        )
        return session.client(service, config=_config(timeouts))

    def _loopback(self, service: str, timeouts: Timeouts) -> Any:
        session = boto3.session.Session(
            aws_access_key_id="basket",
            aws_secret_access_key="basket",  # noqa: S106 - a dummy: Moto checks no signature
            region_name=self.region,
            botocore_session=deaf_session(),
        )
        client = session.client(
            service,
            endpoint_url=loopback(self.endpoint or ""),
            config=_config(timeouts).merge(Config(proxies={}, s3={"addressing_style": "path"})),
        )
        client.meta.events.register("before-send", _refuse_strangers)
        return client


def _config(timeouts: Timeouts) -> Config:
    """One attempt: a retry repeats a write that had succeeded, and hides a store that is away."""
    return Config(
        connect_timeout=timeouts.connect,
        read_timeout=timeouts.read,
        retries={"total_max_attempts": 1, "mode": "standard"},
        max_pool_connections=50,
        tcp_keepalive=True,
    )


def loopback(endpoint: str) -> str:
    """The endpoint with a literal loopback address, e.g. http://127.0.0.1:3000.

    Raises StartRefused if it is anywhere else than on this machine.
    """
    try:
        # What it makes of brackets depends on the release of Python.
        parts = urlsplit(endpoint)
        port = parts.port or 80
    except ValueError as error:
        raise StartRefused(
            f"The DynamoDB endpoint {endpoint!r} is no address, or its port is none."
        ) from error
    host = "127.0.0.1" if parts.hostname == "localhost" else (parts.hostname or "")
    if parts.scheme != "http" or not is_loopback(host):
        raise StartRefused(
            f"The DynamoDB endpoint {endpoint!r} is not on this machine. With BASKET_TARGET=moto "
            "only http://127.0.0.1:PORT is allowed; set BASKET_TARGET=aws to leave the machine."
        )
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _refuse_strangers(request: "AWSPreparedRequest", **_: object) -> None:
    """The last guard before the network, whatever the configuration above has become."""
    # Read as the sender will read it: other parsers see another host in http://a\\@b/.
    host = parse_url(request.url).host or ""
    loopback(f"http://{host}")


def _refuse_what_was_cut_off(response_dict: dict[str, Any], **_: object) -> None:
    """An answer whose server died over it, which botocore takes for an empty one.

    It reads bodies without comparing their length (botocore 1.44, httpsession.py), so that a
    GetItem cut off after its headers would say that there is no such item.
    """
    promised = response_dict["headers"].get("Content-Length")
    body = response_dict["body"]
    if promised is not None and isinstance(body, bytes) and len(body) < int(promised):
        raise ConnectionClosedError(endpoint_url="the store")


def deaf_session() -> Session:
    """A botocore session that hears neither environment variables nor configuration files."""
    session = Session()
    chains = configprovider.ConfigChainFactory(session=session, environ={})
    variables = dict(configprovider.BOTOCORE_DEFAUT_SESSION_VARIABLES)
    variables |= {
        "profile": (None, None, None, None),
        "config_file": (None, None, os.devnull, None),
        "credentials_file": (None, None, os.devnull, None),
    }
    mapping = {
        name: chains.create_config_chain(
            instance_name=name,
            env_var_names=variable[1],
            config_property_names=variable[0],
            default=variable[2],
            conversion_func=variable[3],
        )
        for name, variable in variables.items()
    }
    session.register_component("config_store", configprovider.ConfigValueStore(mapping=mapping))
    session.register_component("data_loader", _service_models())
    return _tolerant(session)


def _tolerant(session: Session) -> Session:
    session.register_component("response_parser_factory", TolerantParsers())
    return session


@cache
def _service_models() -> Loader:
    """The descriptions of AWS's services, read once: a session of its own reads them anew.

    Only those that botocore ships: `AWS_DATA_PATH` and `~/.aws/models` are not looked into.
    """
    return Loader(include_default_search_paths=False, extra_search_paths=[Loader.BUILTIN_DATA_PATH])
