"""Which widget a field gets, and that no value is lost or changed in one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import Field

from app.fields.labels import label
from app.fields.textbox import left_alone
from app.fields.widgets import Widget, holds, read, shown, widget_for
from services.model.fields.numerals import tidy_number
from services.model.fields.schema import specs_of
from services.model.fields.spec import FieldSpec
from services.model.kinds import Country, Fields, Suggestions, Text, Unit
from tests.fakes.models import EveryKind, model
from tests.fakes.strategies import JSON, fitting

MODEL = model(EveryKind)
FIELDS = {spec.name: spec for spec in MODEL.fields}


@pytest.mark.parametrize(
    ("field", "widget"),
    [
        ("name", Widget.LINE),
        ("story", Widget.AREA),
        ("units", Widget.LINE),
        ("price", Widget.LINE),
        ("ccy", Widget.COMBOBOX),
        ("country", Widget.COMBOBOX),
        ("listed", Widget.SEGMENTS),
        ("watched", Widget.TOGGLE),
        ("bought", Widget.DAY),
        ("valuedAt", Widget.MOMENT),
        ("risk", Widget.SEGMENTS),
        ("sector", Widget.LIST),
        ("labels", Widget.SEVERAL),
        ("risks", Widget.PILLS),
        ("homepage", Widget.LINE),
        ("contact.email", Widget.LINE),
        ("contact.channel", Widget.SEGMENTS),
    ],
)
def test_each_kind_of_field_has_its_widget(field: str, widget: Widget) -> None:
    spec = FIELDS[field]

    assert widget_for(spec, spec.default) is widget


class Unusual(Fields):
    tag: Annotated[Text, Suggestions("ISA")]
    maybe: bool | None = True
    wordy: Literal["Something that takes a while to say", "And another thing of that kind"]
    countries: list[Country]


@pytest.mark.parametrize(
    ("place", "widget"),
    [(0, Widget.COMBOBOX), (1, Widget.SEGMENTS), (2, Widget.LIST), (3, Widget.SEVERAL)],
)
def test_what_may_be_typed_or_left_open_has_a_widget_that_allows_it(
    place: int, widget: Widget
) -> None:
    spec = specs_of(Unusual)[place]

    assert widget_for(spec, spec.default) is widget


@pytest.mark.parametrize(
    ("field", "value", "widget"),
    [
        ("name", "two\nlines", Widget.AREA),
        ("name", "a\rb", Widget.AREA),
        ("name", 2**60, Widget.LINE),
        ("ccy", "ZZZ", Widget.COMBOBOX),
        ("listed", "maybe", Widget.LIST),
        ("listed", 3, Widget.LINE),
        ("watched", None, Widget.SEGMENTS),
        ("bought", "next week", Widget.LINE),
        ("valuedAt", "2026-11-21T14:05:07Z", Widget.LINE),
        ("valuedAt", "2026-11-21T14:05:00.5Z", Widget.LINE),
        ("risk", "OF_BEFORE", Widget.LIST),
        ("risk", {"a": 1}, Widget.LINE),
        ("risks", ["LOW", "OF_BEFORE"], Widget.SEVERAL),
        ("labels", ["core", "core"], Widget.AREA),
        ("labels", ["two\nlines"], Widget.LINE),
        ("labels", [1, 2], Widget.LINE),
        ("labels", [""], Widget.LINE),
    ],
)
def test_what_the_usual_widget_cannot_show_stands_in_one_that_can(
    field: str, value: Any, widget: Widget
) -> None:
    assert widget_for(FIELDS[field], value) is widget


@pytest.mark.parametrize("value", ["0001-01-01", "1066-10-14", "9999-12-31"])
def test_every_year_has_a_place_in_the_calendar(value: str) -> None:
    assert shown(Widget.DAY, FIELDS["bought"], value) == date.fromisoformat(value)


@given(field=st.sampled_from(sorted(FIELDS)), value=JSON)
@example(field="labels", value=["a\r\nb", "c"])
@example(field="labels", value=['["a"]'])
@example(field="valuedAt", value="0001-01-01T00:00+14:00")
def test_what_is_left_alone_is_never_changed_whatever_it_is(field: str, value: Any) -> None:
    spec = FIELDS[field]
    widget = widget_for(spec, value)

    assert holds(widget, spec, value)
    after = read(widget, spec, shown(widget, spec, value), value)
    assert after == left_alone(spec, value)
    assert type(after) is type(left_alone(spec, value))


@given(st.data(), st.sampled_from(sorted(FIELDS)))
def test_what_fits_the_model_is_never_changed_to_the_last_digit(
    data: st.DataObject, field: str
) -> None:
    spec = FIELDS[field]
    value = data.draw(fitting(spec))
    widget = widget_for(spec, value)

    assert read(widget, spec, shown(widget, spec, value), value) == value


@given(st.data(), st.sampled_from(sorted(FIELDS)))
def test_what_is_entered_into_an_empty_field_is_what_was_meant(
    data: st.DataObject, field: str
) -> None:
    spec = FIELDS[field]
    value = data.draw(fitting(spec))
    widget = widget_for(spec, None)
    if not holds(widget, spec, value):
        return

    entered = read(widget, spec, shown(widget, spec, value), None)

    assert _meaning(spec, entered) == _meaning(spec, value)


def _meaning(spec: FieldSpec, value: Any) -> Any:
    """The value as the model takes it: nobody types a number as one, or a moment with its zone."""
    if value is None or value == []:
        return None
    match spec.kind.name:
        case "integer" | "decimal":
            return Decimal(value)
        case "moment":
            return datetime.fromisoformat(value).astimezone(UTC)
        case _:
            return value


def test_a_number_that_stands_where_a_text_is_wanted_is_left_there_as_text() -> None:
    assert read(Widget.LINE, FIELDS["name"], "5", 5) == "5"
    assert read(Widget.LINE, FIELDS["units"], "5", 5) == 5


def test_a_list_is_the_same_in_another_order() -> None:
    assert read(Widget.PILLS, FIELDS["risks"], ["HIGH", "LOW"], ["LOW", "HIGH"]) == ["LOW", "HIGH"]


def test_a_list_in_a_text_box_is_read_an_entry_a_line() -> None:
    labels = FIELDS["labels"]

    assert shown(Widget.AREA, labels, ["a", "a"]) == "a\na"
    assert read(Widget.AREA, labels, "a\n\n b \n", ["a", "a"]) == ["a", "b"]


def test_a_list_that_lines_would_change_stands_in_a_text_box_as_json() -> None:
    labels = FIELDS["labels"]

    assert shown(Widget.LINE, labels, ["two\nlines"]) == '["two\\nlines"]'
    assert read(Widget.LINE, labels, '["two\\nlines", "x"]', ["two\nlines"]) == ["two\nlines", "x"]


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_an_emptied_text_is_no_value(blank: str) -> None:
    assert read(Widget.LINE, FIELDS["name"], blank, "Gold") is None
    assert read(Widget.AREA, FIELDS["story"], blank, "Once upon a time") is None
    assert read(Widget.LINE, FIELDS["fee"], blank, "0.25") is None


class Filling(Fields):
    note: str = "as usual"
    labels: list[Text] = Field(default_factory=lambda: ["core"])
    some: list[Text] | None = None
    needed: list[Text]


def test_what_the_model_would_fill_in_can_be_emptied_all_the_same() -> None:
    note, labels, some, needed = specs_of(Filling)

    assert read(Widget.LINE, note, "", "as usual") == ""
    assert read(Widget.SEVERAL, labels, [], ["core"]) == []
    assert read(Widget.SEVERAL, some, [], ["core"]) is None
    assert read(Widget.SEVERAL, needed, [], ["core"]) == []
    assert read(Widget.SEVERAL, needed, [], None) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1250.50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1,250,000", "1250000"),
        ("1 250 000.5", "1250000.5"),
        ("1\u202f250", "1250"),
        ("1\u00a0250.50 GBP", "1250.50"),
        (" -1,250 ", "-1250"),
        ("−7", "-7"),
        ("+1,000.", "+1000."),
    ],
)
def test_a_number_is_understood_as_people_write_it(typed: str, number: str) -> None:
    assert tidy_number(typed, "GBP") == number


@pytest.mark.parametrize("typed", ["1,25", "1.250,50", "12,50,000", "1,2345", "1,250 000", ",5"])
def test_a_comma_that_may_mean_something_else_is_left_to_be_refused(typed: str) -> None:
    assert tidy_number(typed) == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("pound ster", "GBP"),
        ("Yen", "JPY"),
        ("gbp", "gbp"),
        ("dollar", "dollar"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_who_types_a_currencys_name_means_the_one_of_that_name(typed: str, code: str) -> None:
    assert read(Widget.COMBOBOX, FIELDS["ccy"], typed, None) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("Oman", "OM"), ("romania", "RO"), ("land", "land"), ("UK", "UK")]
)
def test_who_types_a_countrys_name_means_it_although_others_contain_it(
    typed: str, code: str
) -> None:
    assert read(Widget.COMBOBOX, FIELDS["country"], typed, None) == code


class Priced(Fields):
    price: Annotated[Decimal, Unit("$")]
    fee: Annotated[Decimal | None, Unit("%")] = None
    at: datetime | None = None
    always: Decimal = Decimal(5)


def test_a_label_tells_what_a_number_counts_and_whether_it_may_be_left_out() -> None:
    assert [label(spec) for spec in specs_of(Priced)] == [
        r"Price \(\$\)",
        "Fee (%, optional)",
        "At (UTC, optional)",
        "Always",
    ]


def test_an_optional_group_says_so_and_not_each_of_its_fields() -> None:
    assert label(FIELDS["contact.person"]) == "Person"
