"""The model in force follows its file; what is broken never comes into force."""

import os
import sys
import threading
from pathlib import Path

import pytest

from services.model.checking.breakage import BrokenModel
from services.model.current import FILE, MODULE, ModelSnapshot, Watch, model_of, using
from services.model.current import current as current_model
from services.model.kinds import Fields, Text
from services.model.patch import patch_of

SOUND = FILE.read_text()
COLOUR = '\n    colour: Text | None = Field(default=None, title="Colour")\n'


class Builder:
    """Somebody with an editor; every save has a moment of its own, as on a slow disk."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._moment = 1_000_000_000
        self.save(SOUND)
        self.watch = Watch(file)

    def save(self, text: str) -> None:
        self.file.write_text(text)
        self._moment += 1
        os.utime(self.file, (self._moment, self._moment))

    def saves(self, text: str) -> ModelSnapshot:
        """Save, and what the next click sees."""
        self.save(text)
        return self.watch.look()


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    # What a watch takes over becomes the model's module: for this test only.
    monkeypatch.setitem(sys.modules, MODULE, sys.modules[MODULE])
    return Builder(tmp_path / "asset.py")


def names(snapshot: ModelSnapshot) -> list[str]:
    return [spec.name for spec in snapshot.model.fields]


def test_a_field_that_was_added_is_there_at_the_next_look(builder: Builder) -> None:
    before = builder.watch.look()

    after = builder.saves(SOUND + COLOUR)

    assert names(after) == [*names(before), "colour"]
    assert (after.problem, after.revision) == ("", before.revision + 1)
    assert after.model.generation == before.model.generation + 1
    assert {"colour", "version"} <= set(after.model.asset.model_fields)
    assert {"colour", "version"} <= set(after.model.patch.model_fields)


def test_who_looks_at_a_file_that_was_not_saved_sees_the_same_model(builder: Builder) -> None:
    assert builder.watch.look() is builder.watch.look()


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("\n    colour: Text =\n", "asset.py, line {last}: "),
        ("\n    colour: Txet\n", "asset.py, line {last}: NameError: name 'Txet' is not defined"),
        (
            "\n    colour: float\n",
            "asset.py, line {last}: colour: no page knows how to show a float",
        ),
        ("\n    colour: dict[str, int]\n", "asset.py, line {last}: colour: no page knows"),
        ("\n    version: int\n", "version: this name is the product's own. Choose another one."),
        ("\n    history: Text\n", "history: this name is the product's own."),
        ("\n    when: Text = Field(default_factory=lambda: 1 / 0)\n", "ZeroDivisionError"),
        ("\ndel AssetInput\n", "There has to be a class AssetInput(Fields)."),
        ("\nAssetInput = Fields\n", "AssetInput has no fields. Give it one at least."),
        ("\nraise SystemError('no')\n", "SystemError: no"),
    ],
)
def test_what_is_broken_is_told_and_does_not_come_into_force(
    builder: Builder, added: str, told: str
) -> None:
    before = builder.watch.look()

    after = builder.saves(SOUND + added)

    last = len((SOUND + added).rstrip().splitlines())
    assert told.format(last=last) in after.problem
    assert after.model is before.model
    assert after.revision == before.revision + 1


def test_a_file_that_is_gone_leaves_the_last_good_model(builder: Builder) -> None:
    before = builder.watch.look()
    builder.file.unlink()

    after = builder.watch.look()

    assert after.model is before.model
    assert "FileNotFoundError" in after.problem


def test_after_a_mistake_was_mended_nothing_is_told_any_more(builder: Builder) -> None:
    builder.saves("this is no Python")

    mended = builder.saves(SOUND + COLOUR)

    assert mended.problem == ""
    assert "colour" in names(mended)


def test_a_broken_first_model_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "asset.py"
    file.write_text("class AssetInput: pass")

    with pytest.raises(BrokenModel, match="There has to be a class AssetInput"):
        Watch(file)


def test_many_who_look_at_once_take_the_file_over_once(builder: Builder) -> None:
    before = builder.watch.look()
    builder.save(SOUND + COLOUR)
    gate = threading.Barrier(8)
    seen: list[ModelSnapshot] = []

    def look() -> None:
        gate.wait()
        seen.append(builder.watch.look())

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {snapshot.revision for snapshot in seen} == {before.revision + 1}
    assert len({id(snapshot.model) for snapshot in seen}) == 1


class Small(Fields):
    """Another model."""

    city: Text


def test_inside_of_a_block_another_model_is_in_force() -> None:
    small = model_of(Small)  # type: ignore[arg-type]  # any Fields make a model
    with using(small):
        assert current_model() is small
        assert patch_of(small.input(city="Rome"), 3).version == 3  # type: ignore[call-arg]
    assert current_model() is not small
