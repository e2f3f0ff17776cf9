"""Mistakes in a model file: each is told with its line, and the last good model stays in use."""

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model_check import prove_pages
from services.model import current as model_in_force
from services.model.current import FILE, MODULE, ModelSnapshot, Watch
from services.store.assets.items import to_item
from services.store.assets.proving import proof
from services.store.read_model.columns import Columns
from tests.fakes import every_kind
from tests.fakes.assets import stored

SOUND = FILE.read_text()
IMPORTS = """from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal
from pydantic import EmailStr, HttpUrl, field_serializer, field_validator, model_validator
from services.model.kinds import Country, Group, LongText, Unit
"""
NESTED = """class Part(Fields):
    {}


class AssetInput("""


class Builder:
    """Somebody with an editor, whose saves are looked at as the app looks at them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._moment = 1_000_000_000
        self._save(SOUND)
        # First: it has the product's own model loaded.
        basket = Columns.of(to_item(stored(str(place))) for place in range(300))
        self.watch = Watch(file)
        self.watch.prove_with(proof(lambda: basket), prove_pages)

    def saves(self, text: str) -> ModelSnapshot:
        self._save(text)
        return self.watch.look()

    def _save(self, text: str) -> None:
        self._file.write_text(text)
        self._moment += 1
        os.utime(self._file, (self._moment, self._moment))


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    # What a watch takes over becomes the model's module: for this test only.
    monkeypatch.setitem(sys.modules, MODULE, sys.modules[MODULE])
    return Builder(tmp_path / "asset.py")


CHANGED: dict[str, tuple[str, str, str]] = {
    "a bound of a text": ("max_length=60", "gt=0", "tag: gt= is no limit for its type (text)."),
    "a length that is a text": ("max_length=60", "max_length='60'", "tag: TypeError: 'str' object"),
    "a negative length": ("max_length=60", "max_length=-1", "tag: OverflowError: "),
    "a length of nothing": (
        "max_length=60",
        "max_length=0",
        "tag: nothing can be min_length=1 and",
    ),
    "a title that is a number": ('title="Tag"', "title=5", "tag: its title is a text."),
    "examples that are a text": ('=["ISA"]', '="ISA"', "tag: its examples are a list."),
    "a suggestion that is a number": ('ons("ISA"', "ons(5", "tag: Suggestions are texts."),
    "a mistyped keyword": ("max_length=60", "max_lenght=60", "Did you mean max_length=?"),
    "a tone of no choice": ("Tones(HIGH=", "Tones(HIHG=", "Tones names HIHG, which is none of"),
    "a tone that there is not": ('"green"', '"grene"', "“grene” is no tone. There are green,"),
    "a code that there is not": ('ons("GBP"', 'ons("GPB"', "“GPB” is no currency's ISO code."),
    "a description in a list": ('on="What', 'on=["x"], repr="', "its description is a text."),
}
"""By mistake: what stands there, what is written instead, and what is told of it."""

ADDED: dict[str, tuple[str, str]] = {
    "a default below its bound": ("risk: int = Field(default=0, ge=1)", "risk: its default is 0,"),
    "a default of another type": ("n: int = 'x'", "n: its default is 'x', which it does not"),
    "a default that is no choice": ("q: Liquidity = 'NONE'", "q: its default is 'NONE', which"),
    "a default that is too long": ("t: Text = Field('abc', max_length=2)", "t: its default is"),
    "an empty default": ("t: Text = ''", "t: its default is '', which it does not allow"),
    "nothing as a default": ("t: Text = None", "t: its default is None, which it does not allow"),
    "a function as a default": ("t: Text = lambda: 'x'", "t: its default is <function"),
    "an entry of a default": ("t: list[Text] = [1]", "t: its default is [1], which it does not"),
    "a default without a pattern": ("t: Text = Field('x', pattern='^y')", "t: its default is 'x'"),
    "a default too long to store": ("n: int = 10**50", "n: its default is 1000"),
    "a default that is no number": ("n: Decimal = Decimal('NaN')", "n: its default is Decimal"),
    "a literal that is none": ("t: Literal['a', 'b'] = 'c'", "t: its default is 'c', which"),
    "an address that is none": ("t: EmailStr = 'x'", "t: its default is 'x', which"),
    "a country that is none": ("t: Country = 'XX'", "t: its default is 'XX', which"),
    "a factory of another type": ("t: Text = Field(default_factory=dict)", "t: its default is {}"),
    "a factory that fails": ("t: int = Field(default_factory=lambda: 1 / 0)", "ZeroDivisionError"),
    "a factory that asks too much": (
        "t: Text = Field(default_factory=lambda a, b: a)",
        "t: its default_factory fails: TypeError: ",
    ),
    "a length of a number": ("n: int = Field(1, max_length=3)", "n: max_length= is no limit for"),
    "a bound of a choice": ("q: Liquidity = Field('LOW', ge='A')", "q: ge= is no limit for its"),
    "a bound of a flag": ("f: bool = Field(True, gt=0)", "f: gt= is no limit for its type (bool"),
    "a bound of a list": ("t: list[Text] = Field([], gt=1)", "t: gt= is no limit for its type"),
    "a pattern of a number": ("n: int = Field(1, pattern='1')", "n: pattern= is no limit for"),
    "a bound of another type": ("n: int = Field(ge='a')", "n: ValueError: 'ge' must be"),
    "a day that is a text": ("d: date | None = Field(None, ge='26')", "d: ValueError: 'ge' must"),
    "bounds that leave nothing": (
        "n: int = Field(gt=10, lt=3)",
        "n: nothing can be gt=10 and lt=3",
    ),
    "lengths that leave nothing": (
        "t: Text = Field(min_length=9, max_length=3)",
        "t: nothing can be min_length=9 and max_length=3 at once.",
    ),
    "a multiple of nothing": ("n: int = Field(multiple_of=0)", "n: ValueError: 'multiple_of'"),
    "a pattern that is none": ("t: Text = Field(pattern='[')", "t: error: unclosed character"),
    "a type that no page shows": ("n: int | str = 1", "n: no page knows how to show int | str."),
    "a list of anything": ("t: list = []", "t: no page knows how to show list."),
    "a type that is not there": ("t: 'Nope'", "t: no page knows how to show ForwardRef('Nope')"),
    "an alias twice": ("t: Text = Field(alias='name')", "t: outside Python it is called “name”"),
    "an alias of parts": ("t: Text = Field(alias='a.b')", "t: “a.b” is no alias"),
    "an empty alias": ("t: Text = Field(alias='')", "t: “” is no alias"),
    "two names": ("t: Text = Field('x', validation_alias='u')", "t: it is read under one name"),
    "what is not stored": ("t: Text = Field('x', exclude=True)", "t: with exclude= it would"),
    "a group without a title": ("t: Annotated[Text, Group(5)]", "t: the title of a Group is a"),
    "a unit that is a number": ("n: Annotated[int, Unit(5)]", "n: a Unit is a text."),
    "no type": ("t = 5", "PydanticUserError: A non-annotated attribute was detected"),
    "a name of the product's": ("fit: Text", "fit: this name is the product's own."),
    "a way out": ("raise SystemExit", "SystemExit"),
    "an end without an end": ("t: Text = (", "'(' was never closed"),
}
"""By mistake: a line that is added to the model, and what is told of it."""

CHECKS: dict[str, tuple[str, str]] = {
    "a check that returns nothing": (
        '@model_validator(mode="after")\n    def f(self): pass',
        "does not end with “return self”",
    ),
    "a text for people that fails": (
        '@field_serializer("name")\n    def f(self, value): return 1 / 0',
        "ZeroDivisionError",
    ),
    "an end that fails": ("def model_post_init(self, _): raise RuntimeError('no')", "RuntimeError"),
    "a guard that fails": ("def __setattr__(self, *_): raise RuntimeError('no')", "RuntimeError"),
    "an answer of its own": ("def plain(self): return {}", "plain: this name is the product's"),
    "a check of no field": (
        '@field_validator("nmae")\n    def f(cls, value): return value',
        "PydanticUserError",
    ),
}
"""By mistake: what is added below the fields, and what is told of it."""


def broken(builder: Builder, text: str) -> str:
    """What is told of a broken file."""
    before = builder.watch.look()
    after = builder.saves(text)
    assert after.model is before.model
    assert after.revision == before.revision + 1
    assert sys.modules[MODULE].AssetInput is before.model.input
    return after.problem


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize("name", CHANGED)
def test_a_field_that_was_spoilt_is_told_by_its_line(builder: Builder, name: str) -> None:
    there, instead, told = CHANGED[name]
    text = SOUND.replace(there, instead, 1)
    assert text != SOUND
    begins = SOUND.rindex("\n    ", 0, SOUND.index(there))
    while not SOUND[begins + 5].isalpha() or ": Annotated" not in SOUND[begins:].split("\n")[1]:
        begins = SOUND.rindex("\n    ", 0, begins)

    problem = broken(builder, text)

    assert problem.startswith(f"asset.py, line {SOUND.count(chr(10), 0, begins) + 2}: ")
    assert told in problem


@pytest.mark.parametrize("name", ADDED)
def test_a_field_that_was_added_wrongly_is_told_by_its_line(builder: Builder, name: str) -> None:
    line, told = ADDED[name]
    text = f"{IMPORTS}{SOUND}\n    {line}\n"

    problem = broken(builder, text)

    begins = line_of(text, "class AssetInput") if name == "no type" else text.count("\n")
    assert problem.startswith(f"asset.py, line {begins}: ")
    assert told in problem


@pytest.mark.parametrize("name", CHECKS)
def test_a_function_of_the_builders_is_tried_before_it_counts(builder: Builder, name: str) -> None:
    lines, told = CHECKS[name]
    problem = broken(builder, f"{IMPORTS}{SOUND}\n    {lines}\n")

    assert problem.startswith("asset.py, line ")
    assert told in problem


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("weight: int = Field(default=0, ge=1)", "weight: its default is 0"),
        ("weight: Text = Field(gt=1)", "weight: gt= is no limit for"),
        ("weight: float = 1", "no page knows how to show a float"),
    ],
)
def test_a_field_of_a_nested_model_is_told_by_its_own_line(
    builder: Builder, field: str, told: str
) -> None:
    text = SOUND.replace("class AssetInput(", NESTED.format(field)) + "\n    part: Part\n"

    problem = broken(builder, text)

    assert problem.startswith(f"asset.py, line {line_of(text, field)}: ")
    assert told in problem


def test_a_nested_model_without_fields_is_told(builder: Builder) -> None:
    text = SOUND.replace("class AssetInput(", NESTED.format("pass")) + "\n    part: Part\n"

    told = f"line {line_of(text, 'class Part')}: Part has no fields. Give it one at least."
    assert told in broken(builder, text)


def test_a_choice_without_values_is_told(builder: Builder) -> None:
    text = SOUND.replace("class AssetInput(", "class Odd(Choice):\n    pass\n\n\nclass AssetInput(")
    text += "\n    odd: Odd\n"

    assert f"line {text.count(chr(10))}: odd: this choice has no values." in broken(builder, text)


ENDLESS = {
    "a loop": "while True: pass",
    "one in a function": "(lambda: [None for _ in iter(int, 1)])()",
    "a pause": "import threading; threading.Event().wait()",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_model_that_does_not_come_to_an_end_is_given_up(
    builder: Builder, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{SOUND}\n{ENDLESS[name]}\n"
    with monkeypatch.context() as hasty:
        hasty.setattr(model_in_force, "_LONGEST_SECONDS", 0.2)
        problem = broken(builder, text)

    assert problem == f"asset.py, line {text.count(chr(10))}: this does not come to an end."
    assert builder.saves(SOUND + "\n    weight: int = 1\n").problem == ""


def test_after_a_mistake_the_next_sound_model_counts(builder: Builder) -> None:
    broken(builder, SOUND.replace("max_length=60", "gt=0"))

    mended = builder.saves(f"{SOUND}\n    risk: int = Field(default=1, ge=1)\n")

    assert mended.problem == ""
    assert mended.model.field("risk").default == 1


def test_a_model_with_everything_comes_into_force(builder: Builder) -> None:
    assert builder.saves(Path(every_kind.__file__).read_text()).problem == ""


GOOD = [
    "t: Text | None = Field(None, min_length=3, max_length=3)",
    "t: LongText = Field('x', pattern='^x$')",
    "n: Decimal = Field(Decimal('1.50'), gt=1, le=2, max_digits=3, decimal_places=2)",
    "n: int | None = Field(None, ge=5, le=5, multiple_of=5)",
    "t: list[Text] = Field(default_factory=list, max_length=5)",
    "t: list[Annotated[str, Field(max_length=5)]] = ['a']",
    "d: date = Field(default_factory=date.today, ge=date(2020, 1, 1))",
    "d: datetime | None = Field(None, ge=datetime(2020, 1, 1, tzinfo=UTC))",
    "t: Text = Field('x', alias='other', json_schema_extra={'x': 1})",
    "u: HttpUrl | None = Field(None, max_length=90)",
    "e: EmailStr | None = None",
    "q: Liquidity = Liquidity.LOW",
    "q: list[Liquidity] = [Liquidity.LOW]",
    "f: bool = False",
    "c: Country = 'DE'",
    "größe: int = 1",
    "q: Literal['a', 'b'] | None = 'a'",
    "t: str = ''",
]


@pytest.mark.parametrize("line", GOOD)
def test_what_a_builder_may_write_is_taken(builder: Builder, line: str) -> None:
    assert builder.saves(f"{IMPORTS}{SOUND}\n    {line}\n").problem == ""


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    """Pydantic warns of names that it has itself; what is told of them is ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
