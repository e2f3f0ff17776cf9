"""Demo scripts: what is shipped can be followed, and each kind of mistake is told by its line."""

from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest

from app.scripts import shipped as script
from app.scripts.shipped import FOLDER, find, followable, read_script
from app.scripts.yaml_lines import BadScript
from services.scenarios.shipped import names
from services.tour.script import ScenarioName, Script

SOUND = """title: A demo
scenario: starter
steps:
  - name: one
    say: Hello
    shot: The basket
    where:
      page: browse
      filters: {tag: NO, sort: "007"}
  - name: two
    say: Look
    try: Add an asset
    do:
      - open: add
      - fill: {Name: Mine}
    done_when: {asset: {name: Mine}}
    shot: The form
"""
SHOT = "    shot: The form\n    masks: [{{height: 5, {}}}]\n"


def read(folder: Path, text: str) -> Script:
    file = folder / "x.yaml"
    file.write_text(text, encoding="utf-8")
    return read_script(file)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_script_is_sound(path: Path) -> None:
    script = read_script(path)

    assert 5 <= len(script.steps) <= 15
    assert all(step.done_when for step in script.steps)


def test_a_script_can_name_every_scenario_and_no_other() -> None:
    assert get_args(ScenarioName) == tuple(names())


def test_a_text_stays_a_text_whatever_it_looks_like(tmp_path: Path) -> None:
    first, second = read(tmp_path, SOUND).steps

    assert first.where.filters == {"tag": "NO", "sort": "007"}
    assert second.try_it == "Add an asset"
    assert second.done_when is not None
    assert second.done_when.asset == {"name": "Mine"}


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("scenario: starter", "scenario: stater", "Line 2: “stater” is no scenario. Write one of:"),
        ("    say: Hello\n", "", "Line 4: “say” is missing. Write: say: …"),
        ("    try: Add", "    trys: Add", "Line 12: There is nothing called “trys”. Did you mean"),
        ("name: two", "name: one", "Line 10: there is a step “one” already. Rename one."),
        ("name: two", "name: Step Two", "Line 10: “Step Two” is no name. Write small letters,"),
        ("    say: Look", "    say: Look\n    say: Again", "Line 12: “say” is given twice."),
        ("title: A demo", "title: [A demo", "Line 2: this is no YAML:"),
        ("    shot: The form\n", "    shot:\n", "Line 17: “shot” is empty. Write something,"),
        ("scenario: starter", "scenario: starter\nprivate: maybe", "Line 3: “private” is true or "),
        (
            "scenario: starter",
            "scenario: crowded\nprivate: true",
            "Line 3: “crowded” is too",
        ),
        ("say: Hello", f"say: {'x' * 700}", "Line 5: “say” is too long: 700 characters. Write 600"),
        ("say: Hello", "say: [a, b]", "Line 5: “say” is a text. Write it behind the colon."),
        ("filters: {tag: NO", "filters: tag\n      x: {tag: NO", "Line 9: “filters” is made of"),
        ("- fill: {Name: Mine}", "- fill: {}", "Line 15: “fill” is empty. Write one at least,"),
        ("do:\n", "do: open\n    x:\n", "Line 13: “do” is a list: write each on a line of its own"),
        (
            "    shot: The form\n",
            SHOT.format("width: 0"),
            "Line 18: 0 is no width. Write 1 or",
        ),
        (
            "    shot: The form\n",
            SHOT.format("width: a"),
            "Line 18: “a” is no width. Write a",
        ),
        (
            "    try: Add",
            "    page: Add",
            "Line 12: There is nothing called “page”. It belongs",
        ),
        (
            "- open: add",
            "- opne: add",
            "Line 14: There is nothing called “opne”. Did you mean “open”",
        ),
        ("- open: add", "- {open: add, click: Edit}", "Line 14: Each line of “do” is one thing: "),
        ("- open: add", "- {}", "Line 14: Each line of “do” is one thing: write one of open, "),
    ],
)
def test_a_mistake_is_told_by_its_line(right: str, wrong: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BadScript) as raised:
        read(tmp_path, SOUND.replace(right, wrong))

    assert str(raised.value).startswith(told)


ODD: dict[str, tuple[bytes, str]] = {
    "a byte that is no UTF-8": (b"Hello \xff", "Line 5: a sign there is no UTF-8."),
    "half a sign": (b"Hello \xe2\x82", "Line 5: a sign there is no UTF-8."),
    "another encoding": (b"Gr\xfc\xdfe", "Line 5: a sign there is no UTF-8."),
    "a control character": (b"Hello \x07", "Line 5: a control character"),
    "a NUL": (b"Hello \x00", "Line 5: a control character"),
    "a surrogate": (b'"\\ud800"', "Line 5: "),
    "an escape beyond Unicode": (b'"\\Uffffffff"', ""),
    "a tab": (b"\t\tx: y", "Line 5: this is no YAML"),
    "a list for a name": (b"Hello\n    ? [a]\n    : b", "Line 6: a name is one word"),
    "a part in itself": (b"&a [*a]", "Line 5: "),
    "very deep": (b"[" * 5000, "Line 1: this is no YAML, or nested too deep."),
    "quite deep": (b"[" * 40 + b"]" * 40, "Line 5: there is too much in this script"),
    "parts that stand for many": (
        b"&a [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(b"    x%d: &%c [%s]\n" % (i, 98 + i, b"*%c, " % (97 + i) * 9) for i in range(9)),
        "Line ",
    ),
    "a tag": (b"!!python/object/apply:os.system [false]", "Line 5: "),
    "a date of another kind": (b"!!timestamp x", ""),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_text_or_no_yaml_is_told_by_its_line(name: str, tmp_path: Path) -> None:
    content, told = ODD[name]
    file = tmp_path / "x.yaml"
    file.write_bytes(SOUND.encode().replace(b"Hello", content, 1))

    if told:
        with pytest.raises(BadScript) as raised:
            read_script(file)
        assert str(raised.value).startswith(told)
    else:
        with suppress(BadScript):
            read_script(file)


@pytest.mark.parametrize("name", ODD)
def test_a_script_that_is_odd_is_left_out_and_the_others_are_there(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    content, told = ODD[name]
    (tmp_path / "good.yaml").write_text(SOUND)
    (tmp_path / "odd.yaml").write_bytes(SOUND.encode().replace(b"Hello", content, 1))

    for _ in range(3):
        assert "good" in followable()
        assert not told or "odd" not in followable()

    left_out = [record for record in caplog.records if "left out" in record.message]
    assert len(left_out) == (1 if told else len(left_out))
    assert all("odd.yaml: Line " in record.message for record in left_out)


def test_a_script_that_cannot_be_read_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")

    assert followable() == {}


def test_a_script_may_begin_with_the_mark_that_editors_leave(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + SOUND).title == "A demo"


def test_an_empty_file_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BadScript, match="Line 1: "):
        read(tmp_path, "")


def test_who_asks_for_an_unknown_script_hears_which_there_are() -> None:
    with pytest.raises(BadScript, match=r"“nonsense”. There are: .*story"):
        find("nonsense")
    assert find("story").name == "story.yaml"
