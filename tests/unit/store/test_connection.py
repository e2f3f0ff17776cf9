"""With target moto no environment leads a client anywhere else than to this machine."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ClientError

from services.errors import StartRefused
from services.store.connection import BULK, QUICK, WRITE, Connection, loopback

ENDPOINT = "http://127.0.0.1:3999"
ELSEWHERE = "http://elsewhere.example:1"
CONFIG = f"""
[default]
endpoint_url = {ELSEWHERE}
region = us-gov-west-1
use_fips_endpoint = true
defaults_mode = bogus
retry_mode = bogus
services = mine
s3 =
    addressing_style = virtual
    use_accelerate_endpoint = true

[services mine]
dynamodb =
    endpoint_url = {ELSEWHERE}

[profile broken]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = nowhere
"""
HOSTILE: dict[str, dict[str, str]] = {
    "a profile that is missing": {"AWS_PROFILE": "missing"},
    "a default profile that is missing": {"AWS_DEFAULT_PROFILE": "missing"},
    "an endpoint": {"AWS_ENDPOINT_URL": ELSEWHERE},
    "an endpoint for each service": {
        "AWS_ENDPOINT_URL_DYNAMODB": ELSEWHERE,
        "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": ELSEWHERE,
        "AWS_ENDPOINT_URL_S3": ELSEWHERE,
    },
    "proxies": {"HTTP_PROXY": ELSEWHERE, "HTTPS_PROXY": ELSEWHERE, "ALL_PROXY": ELSEWHERE},
    "proxies in lower case": {"http_proxy": ELSEWHERE, "all_proxy": ELSEWHERE, "no_proxy": ""},
    "a configuration file": {"AWS_CONFIG_FILE": "{files}/config"},
    "a broken profile of a configuration file": {
        "AWS_CONFIG_FILE": "{files}/config",
        "AWS_PROFILE": "broken",
    },
    "a configuration file that is no such file": {"AWS_CONFIG_FILE": "{files}/garbage"},
    "a credentials file": {"AWS_SHARED_CREDENTIALS_FILE": "{files}/credentials"},
    "a home with everything in it": {"HOME": "{files}/home"},
    "real keys": {
        "AWS_ACCESS_KEY_ID": "AKIAREAL",
        "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "real",
    },
    "FIPS": {"AWS_USE_FIPS_ENDPOINT": "true"},
    "dual stack": {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "a bogus mode of defaults": {"AWS_DEFAULTS_MODE": "bogus"},
    "an account in the endpoint": {
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "required",
        "AWS_ACCOUNT_ID": "123456789012",
    },
    "many attempts": {"AWS_MAX_ATTEMPTS": "9", "AWS_RETRY_MODE": "adaptive"},
    "a bogus mode of retries": {"AWS_RETRY_MODE": "bogus"},
    "a bundle of certificates": {
        "AWS_CA_BUNDLE": "{files}/nothing.pem",
        "REQUESTS_CA_BUNDLE": "{files}/nothing.pem",
    },
    "another region": {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"},
    "a role": {
        "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "{files}/nothing",
    },
    "checksums and signatures": {
        "AWS_REQUEST_CHECKSUM_CALCULATION": "bogus",
        "AWS_RESPONSE_CHECKSUM_VALIDATION": "bogus",
        "AWS_AUTH_SCHEME_PREFERENCE": "bogus",
        "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "bogus",
    },
}
HOSTILE["all of it at once"] = {k: v for given in HOSTILE.values() for k, v in given.items()}
CALLS: dict[str, Callable[[Connection], object]] = {
    "get_item": lambda to: to.dynamodb(QUICK).get_item(TableName="T", Key={"PK": {"S": "1"}}),
    "put_item": lambda to: to.dynamodb(WRITE).put_item(TableName="T", Item={"PK": {"S": "1"}}),
    "list_streams": lambda to: to.streams(QUICK).list_streams(),
    "list_objects": lambda to: to.s3(BULK).list_objects_v2(Bucket="bucket"),
}


class Sent:
    """What would have gone to the network: answered with 500, so that retries would show."""

    def __init__(self) -> None:
        self.requests: list[AWSPreparedRequest] = []
        self.proxies: list[object] = []

    def __call__(self, session: Any, request: AWSPreparedRequest) -> object:
        self.requests.append(request)
        self.proxies.append(session._proxy_config.proxy_url_for(request.url))
        return SimpleNamespace(status_code=500, headers={}, content=b"", url=request.url)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    recorder = Sent()
    monkeypatch.setattr(
        "botocore.httpsession.URLLib3Session.send", lambda self, request: recorder(self, request)
    )
    return recorder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aws")
    home = folder / "home" / ".aws"
    home.mkdir(parents=True)
    for place in (folder, home):
        (place / "config").write_text(CONFIG)
        (place / "credentials").write_text("[default]\naws_access_key_id = AKIAFILE\n")
    (folder / "garbage").write_text("[[[ not a configuration")
    return folder


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_environment_leads_a_client_astray(
    hostile: str, sent: Sent, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in HOSTILE[hostile].items():
        monkeypatch.setenv(name, value.format(files=files))
    connection = Connection("moto", "eu-west-1", ENDPOINT)
    calls = CALLS if hostile.startswith("all") else ("put_item", "list_objects")

    for call in calls:
        with pytest.raises(ClientError):
            CALLS[call](connection)

    assert len(sent.requests) == len(calls), "one attempt each"
    assert all(request.url.startswith(f"{ENDPOINT}/") for request in sent.requests)
    assert sent.proxies == [None] * len(calls)
    for request in sent.requests:
        signed = request.headers["Authorization"]
        signed = signed.decode() if isinstance(signed, bytes) else signed
        assert "Credential=basket/" in signed
        assert "/eu-west-1/" in signed
        assert "X-Amz-Security-Token" not in request.headers


@pytest.mark.parametrize(
    "elsewhere", ["http://evil.example/", "https://10.0.0.1/", "http://[::2]/"]
)
@pytest.mark.parametrize("name", CALLS)
def test_the_last_guard_refuses_to_send_to_another_host(
    name: str, elsewhere: str, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever diverted it: here a handler that changes the address of every request."""

    def divert(request: Any, **_: object) -> None:
        request.url = elsewhere

    class Diverted(Connection):
        def _client(self, *arguments: Any) -> Any:
            client = super()._client(*arguments)
            client.meta.events.register("request-created", divert)
            return client

    with pytest.raises(StartRefused):
        CALLS[name](Diverted("moto", "eu-west-1", ENDPOINT))

    assert sent.requests == []


@pytest.mark.parametrize(("timeouts", "longest"), [(QUICK, 1.0), (WRITE, 2.0)])
def test_a_person_waits_less_than_three_seconds_for_a_write_and_its_read_back(
    timeouts: Any, longest: float
) -> None:
    config: Any = Connection("moto", "eu-west-1", ENDPOINT).dynamodb(timeouts).meta.config

    assert config.connect_timeout + config.read_timeout <= longest
    assert QUICK.connect + QUICK.read + WRITE.connect + WRITE.read <= 3


def test_a_client_without_an_endpoint_is_refused_and_not_sent_to_aws() -> None:
    for endpoint in (None, "", ELSEWHERE, "https://dynamodb.eu-west-1.amazonaws.com"):
        with pytest.raises(StartRefused):
            Connection("moto", "eu-west-1", endpoint).dynamodb(QUICK)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://localhost:3000/", "http://127.0.0.1:3000"),
        ("http://LOCALHOST", "http://127.0.0.1:80"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("http://127.8.9.10:1", "http://127.8.9.10:1"),
        # The user name stays behind.
        ("http://evil.example@127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://evil.example\\@127.0.0.1", "http://127.0.0.1:80"),
    ],
)
def test_an_endpoint_on_this_machine_is_taken_literally(given: str, meant: str) -> None:
    assert loopback(given) == meant


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "127.0.0.1:3000",
        "//127.0.0.1:3000",
        "https://127.0.0.1:3000",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "http://",
        "http://:3000",
        "http://0.0.0.0:3000",
        "http://10.0.0.1:3000",
        "http://169.254.169.254",
        "http://[fe80::1]:3000",
        "http://[::]:3000",
        "http://elsewhere.example",
        "http://127.0.0.1.evil.example:3000",
        "http://localhost.evil.example",
        "http://127.0.0.1@evil.example",
        "http://127.0.0.1:3000@evil.example",
        "http://evil.example#@127.0.0.1",
        "http://evil.example?@127.0.0.1",
        "http://evil.example/@127.0.0.1",
        "http://[::ffff:10.0.0.1]:3000",
        "http://[::ffff:7f00:1]@evil.example",
        "http://[::1",
        "http://::1]:3000",
        "http://[here]:3000",
        "http://2130706433:3000",
        "http://0x7f000001:3000",
        "http://0177.0.0.1:3000",
        "http://127.1:3000",
        "http://127.0.0.1.:3000",
        "http://１２７.0.0.1:3000",
        "http://127.0.0.1:notaport",
        "http://127.0.0.1:99999",
        "https://dynamodb.eu-west-1.amazonaws.com",
    ],
)
def test_an_endpoint_that_is_elsewhere_or_tries_to_look_as_if_it_were_here_is_refused(
    endpoint: str,
) -> None:
    with pytest.raises(StartRefused) as caught:
        loopback(endpoint)

    assert repr(endpoint) in str(caught.value)
