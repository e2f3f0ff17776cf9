"""What anybody was told of is there, and nothing else, however often app and Moto are killed."""

import itertools
import random
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from services.store.assets.items import to_item
from services.store.table import asset_key
from tests.bench.processes import free_port
from tests.bench.servers import get
from tests.fakes.assets import entered, stored
from tests.integration.stores import TABLE, eventually, kill, motos
from tests.integration.torture.changes import Told
from tests.integration.torture.parts import App, Crowd, app, call, raw, scan

_ticket = itertools.count()
STATUS = "/_basket/status?nonce=x"


def _token(who: str, told: Told) -> str:
    token = f"{who} {next(_ticket)}"
    told.tried.add(token)
    return token


def _pause_if_away(status: int) -> None:
    if status in (0, 503):
        time.sleep(0.05)


class Person:
    """Adds and edits through the HTTP API."""

    def __init__(self, url: str, told: Told) -> None:
        self._url = url
        self._told = told

    def act(self, chance: random.Random) -> None:
        known = self._told.known()
        if len(known) < 4 or chance.random() < 0.3:
            self._add()
        else:
            self._edit(*chance.choice(known))

    def _add(self) -> None:
        told, token = self._told, _token("person", self._told)
        body = entered(name=token).model_dump(mode="json", by_alias=True)
        status, answer = call(f"{self._url}/asset/", "POST", body)
        if status == 201:
            told.added[token] = answer["identifier"]
            told.saw(answer["identifier"], 1)
        elif status not in (0, 503):
            told.strange.append(f"POST {status} {answer}")
        _pause_if_away(status)

    def _edit(self, identifier: str, version: int) -> None:
        told, token = self._told, _token("person", self._told)
        body = {"name": token, "version": version}
        status, answer = call(f"{self._url}/asset/{identifier}", "PATCH", body)
        if status == 200:
            told.edited[token] = (identifier, answer["version"])
            told.saw(identifier, answer["version"])
        elif status == 409:
            told.refused.add(token)
            self._look(identifier)
        elif status not in (0, 503):
            told.strange.append(f"PATCH {status} {answer}")
        _pause_if_away(status)

    def _look(self, identifier: str) -> None:
        status, answer = call(f"{self._url}/asset/{identifier}")
        if status == 200:
            self._told.saw(identifier, answer["version"])


class Program:
    """Adds and edits by plain boto3, as a script of somebody else does."""

    def __init__(self, endpoint: str, told: Told) -> None:
        self._url = endpoint
        self._client = raw(endpoint)
        self._told = told

    def act(self, chance: random.Random) -> None:
        known = self._told.known()
        try:
            if len(known) < 4 or chance.random() < 0.3:
                self._add()
            else:
                self._edit(chance.choice(known)[0])
        except (BotoCoreError, ClientError):
            time.sleep(0.05)  # no answer, or no table yet: whether it came about is open

    def _add(self) -> None:
        token = _token("program", self._told)
        identifier = token.replace(" ", "-")
        self._client.put_item(
            TableName=TABLE,
            Item=to_item(stored(identifier, name=token)),
            ConditionExpression="attribute_not_exists(PK)",
        )
        self._told.added[token] = identifier
        self._told.saw(identifier, 1)

    def _edit(self, identifier: str) -> None:
        told = self._told
        there = self._client.get_item(TableName=TABLE, Key=asset_key(identifier)).get("Item")
        if there is None:
            told.strange.append(f"{identifier} is not there: {call(self._url + STATUS)}")
            return
        version, token = int(there["version"]["N"]), _token("program", told)
        try:
            self._client.update_item(**_update(identifier, version, there["name"]["S"], token))
        except self._client.exceptions.ConditionalCheckFailedException:
            told.refused.add(token)
            return
        told.edited[token] = (identifier, version + 1)
        told.saw(identifier, version + 1)


def _update(identifier: str, version: int, before: str, token: str) -> Any:
    change = {
        "version": {"N": str(version + 1)},
        "at": {"S": "2026-11-20T12:00:00+00:00"},
        "by": {"S": "program"},
        "what": {"S": "edited"},
        "fields": {"M": {"name": {"M": {"before": {"S": before}, "after": {"S": token}}}}},
    }
    return {
        "TableName": TABLE,
        "Key": asset_key(identifier),
        "UpdateExpression": "SET #name = :token, #version = :after, #operation = :token, "
        "#history = list_append(if_not_exists(#history, :none), :change)",
        "ConditionExpression": "#version = :before",
        "ExpressionAttributeNames": {
            f"#{name}": name for name in ("name", "version", "operation", "history")
        },
        "ExpressionAttributeValues": {
            ":token": {"S": token},
            ":before": {"N": str(version)},
            ":after": {"N": str(version + 1)},
            ":none": {"L": []},
            ":change": {"L": [{"M": change}]},
        },
    }


@pytest.mark.torture
@pytest.mark.timeout(600)
def test_what_was_acknowledged_is_there_and_nothing_else(
    tmp_path: Path, rng: random.Random, torture: bool
) -> None:
    data, told = tmp_path / "data", Told()
    # That a killed app comes back: see test_app.py in each run.
    blows = [*["moto"] * 10, *["app"] * 5, *["start"] * 5] if torture else ["moto"]
    rng.shuffle(blows)
    with app(data, free_port()) as site:
        site.wait()
        with Crowd(rng) as crowd:
            for _ in range(4 if torture else 2):
                crowd.send(Person(site.url, told).act)
                crowd.send(Program(site.endpoint, told).act)
            for blow in blows:
                _let_them_work(told, rng)
                _strike(site, blow, rng)
            _let_them_work(told, rng)
            enough = 10 if torture else 5
            assert eventually(lambda: min(len(told.edited), len(told.added)) > enough, 240)
        # Whatever is only in a memory is gone after this.
        _strike(site, "moto", rng)
        assert eventually(lambda: _moto_answers(site))
        items = scan(raw(site.endpoint))
        assert eventually(lambda: _listed(site) == _outline(items.values()))

        assert told.complaints(items) == []
        assert "Traceback" not in site.log()


def _let_them_work(told: Told, rng: random.Random) -> None:
    """Until more is acknowledged, and then to a random moment."""
    before = len(told.edited)
    assert eventually(lambda: len(told.edited) > before + 3, 240)
    time.sleep(rng.uniform(0, 1))


def _moto_answers(site: App) -> bool:
    time.sleep(0.1)  # longer than the app relies on what it has just heard
    site.wait()
    return get(site.endpoint + STATUS) is not None


def _strike(site: App, blow: str, rng: random.Random) -> None:
    if blow == "moto":
        _kill_moto(site)
        return
    site.crash()
    site.spawn()
    if blow == "start":
        # While it starts, first its Moto is killed, then it is killed itself.
        time.sleep(rng.uniform(0, 2))
        _kill_moto(site)
        time.sleep(rng.uniform(0, 1))
        site.process.check()
        site.crash()
        site.spawn()


def _kill_moto(site: App) -> None:
    for pid in motos(site.data):
        kill(pid)


def _listed(site: App) -> dict[str, tuple[int, str]]:
    listed: list[Any] = []
    cursor = ""
    while True:
        status, page = call(f"{site.url}/asset/?limit=1000{cursor}")
        assert status == 200
        listed += page["items"]
        if page["cursor"] is None:
            return {item["identifier"]: (item["version"], item["name"]) for item in listed}
        cursor = f"&cursor={page['cursor']}"


def _outline(items: Any) -> dict[str, tuple[int, str]]:
    return {
        item["identifier"]["S"]: (int(item["version"]["N"]), item["name"]["S"]) for item in items
    }
