"""Every setting of the product; nothing else reads the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.errors import StartRefused

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

    @field_validator("data_dir")
    @classmethod
    def _beside_the_readme(cls, value: Path) -> Path:
        return value if value.is_absolute() else ROOT / value


def load() -> Settings:
    """The settings as they are now.

    Raises StartRefused with a sentence that names the variable that has an invalid value.
    """
    try:
        return Settings()
    except ValidationError as error:
        said = [_sentence(str(detail["loc"][0]), detail) for detail in error.errors()]
        raise StartRefused(" ".join(said)) from error


def _sentence(name: str, detail: ErrorDetails) -> str:
    return f"BASKET_{name.upper()} is {detail['input']!r}: {detail['msg'].rstrip('.')}."
