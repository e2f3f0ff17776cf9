"""Every setting of the product; nothing else reads the environment."""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.access import Role
from services.errors import StartRefused
from services.network import is_loopback

_SHORTEST_SECRET = 12
ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Read from BASKET_… variables and from a file `.env` beside the README."""

    model_config = SettingsConfigDict(
        env_prefix="BASKET_", env_file=ROOT / ".env", extra="ignore", frozen=True
    )

    host: str = Field(default="127.0.0.1", description="the address on which UI and API are served")
    port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        description="their port; left unset and taken, the next free one is used",
    )
    dynamodb_endpoint: str = Field(
        default="http://127.0.0.1:3000",
        description="the Moto server: used if one answers there, started if nothing does",
    )
    region: str = Field(default="eu-west-1", min_length=1, description="the AWS region")
    table: str = Field(
        default="AssetBasket",
        pattern=r"^[a-zA-Z0-9_.-]{3,255}$",
        description="the DynamoDB table's name",
    )
    data_dir: Path = Field(
        default=Path(".basket"),
        description="where the journal, the logs and the pid file are kept",
    )
    target: Literal["moto", "aws"] = Field(
        default="moto",
        description="`moto` never leaves this machine; `aws` is the real thing, with its costs",
    )
    pictures: Path = Field(
        default=Path("build/pictures"), description="the pictures that *Review* shows"
    )
    baseline: Path = Field(
        default=Path("build/baseline"), description="those that it compares them with"
    )
    presenter_key: SecretStr = Field(
        default=SecretStr(""),
        description="what lets a presenter in from another machine; made and printed if not set",
    )
    api_token: SecretStr = Field(
        default=SecretStr(""),
        description="what lets a program in from another machine; made and printed if not set",
    )

    public_url: str = Field(
        default="",
        description="the address that people outside use, behind a proxy; with its path, if it "
        "has one",
    )
    trusted_proxy: str = Field(
        default="",
        description="the proxy that is believed who asks it: addresses or networks, as `127.0.0.1`",
    )
    presenters: str = Field(
        default="",
        description="who presents, of those who sign in with a provider: e-mail addresses and "
        "domains, as `ada@example.org, @example.com`",
    )

    streamlit_patches: Literal["on", "off"] = Field(
        default="on",
        description="`off` leaves Streamlit as it is, slower and less patient: to try another "
        "release",
    )

    @property
    def presenter_names(self) -> frozenset[str]:
        """The e-mail addresses and domains of those who present, each by itself."""
        names = (name.strip().casefold() for name in self.presenters.split(","))
        return frozenset(name for name in names if name)

    @property
    def is_local(self) -> bool:
        """Whether the app is served to this machine only."""
        return is_loopback(self.host) and not self.public_url and not self.trusted_proxy

    @property
    def default_role(self) -> Role:
        """As whom somebody counts of whom nothing else is known."""
        return "presenter" if self.is_local else "guest"

    @property
    def public_site(self) -> str:
        """Name and port of the public address; empty without one."""
        return urlsplit(self.public_url).netloc

    @property
    def base_path(self) -> str:
        """The path of the public address, without a slash at its end; empty at the root."""
        return urlsplit(self.public_url).path

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of the trusted proxies."""
        names = (name.strip() for name in self.trusted_proxy.split(","))
        return tuple(ip_network(name) for name in names if name)

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value and not _is_plain(urlsplit(value)):
            raise ValueError("It needs http:// or https://, a name, and no more than a path.")
        return value.rstrip("/")

    @field_validator("trusted_proxy")
    @classmethod
    def _networks(cls, value: str) -> str:
        for name in filter(None, map(str.strip, value.split(","))):
            try:
                ip_network(name)
            except ValueError as error:
                raise ValueError(f"“{name}” is neither an address nor a network.") from error
        return value

    @field_validator("presenters")
    @classmethod
    def _addresses(cls, value: str) -> str:
        for name in filter(None, map(str.strip, value.split(","))):
            _, at, domain = name.rpartition("@")
            if not at or "." not in domain.strip("."):
                raise ValueError(f"“{name}” is neither an e-mail address nor a domain.")
        return value

    @field_validator("presenter_key", "api_token")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value) < _SHORTEST_SECRET:
            raise ValueError(f"It needs {_SHORTEST_SECRET} characters at least.")
        return value

    @field_validator("data_dir", "pictures", "baseline")
    @classmethod
    def _beside_the_readme(cls, value: Path) -> Path:
        return value if value.is_absolute() else ROOT / value


def _is_plain(address: SplitResult) -> bool:
    """Whether it is one that can be put before the path of a page."""
    site = re.fullmatch(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?", address.netloc)
    path = re.fullmatch(r"(/[A-Za-z0-9._~-]+)*/?", address.path)
    known = address.scheme in ("http", "https") and site and path
    return bool(known) and not address.query and not address.fragment


def load() -> Settings:
    """The settings as they are now.

    Raises StartRefused with a sentence that names the variable that has an invalid value.
    """
    try:
        return Settings()
    except ValidationError as error:
        said = [_sentence(str(detail["loc"][0]), detail) for detail in error.errors()]
        raise StartRefused(" ".join(said)) from error


def passed_on(**changes: str) -> dict[str, str]:
    """The environment of a process that this one starts: its own, except for these variables."""
    return {**os.environ, **changes}


def _sentence(name: str, detail: ErrorDetails) -> str:
    secret = Settings.model_fields[name].annotation is SecretStr
    given = "unfit" if secret else repr(detail["input"])
    return f"BASKET_{name.upper()} is {given}: {detail['msg'].rstrip('.')}."
