"""What the Moto of a data folder leaves there for others."""

from pathlib import Path

import pytest

from services.store.moto_process.folder import DataFolder


def test_a_pid_file_says_on_which_port_its_moto_listens(tmp_path: Path) -> None:
    (tmp_path / "moto.json").write_text('{"pid": 12, "port": 30001}')
    assert DataFolder(tmp_path).port() == 30001


def test_without_a_pid_file_nobody_knows_a_port(tmp_path: Path) -> None:
    assert DataFolder(tmp_path).port() is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        '{"port": 30',
        "[]",
        "null",
        '"port"',
        '{"port": null}',
        '{"port": "x"}',
        '{"port": -1}',
        '{"port": 0}',
        '{"port": 99999}',
        '{"port": 1e400}',
        '{"port": NaN}',
        '{"port": [3000]}',
        "\ud800",
    ],
)
def test_a_pid_file_that_makes_no_sense_says_nothing(content: str, tmp_path: Path) -> None:
    (tmp_path / "moto.json").write_bytes(content.encode(errors="surrogatepass"))
    assert DataFolder(tmp_path).port() is None
