"""Two edits of one asset with every kind of field, without a browser."""

from datetime import date

from services.model.record import Asset
from tests.pages.conftest import ASSET, Store, Visit, press, said
from tests.pages.kinds import box, change, enter


def test_of_two_edits_both_values_are_shown_in_every_kind_of_field(
    kept: Asset, store: Store, visit: Visit
) -> None:
    app = press(visit(ASSET, id=kept.identifier), "Edit")
    enter(app, price="2,000", listed="true", labels=["mine"], story="Mine\nis long.", matures=None)
    change(
        store,
        kept,
        price="3000.10",
        listed=False,
        labels=["theirs"],
        story="Theirs",
        matures="2031-01-01",
        units=13,
    )
    press(app, "Save")

    offered = {radio.label: radio.options for radio in app.radio}
    plain = {label: [option.replace("\\", "") for option in two] for label, two in offered.items()}
    assert plain == {
        "Story": ["Yours: Mine is long.", "Bob: Theirs"],
        "Price": ["Yours: 2,000 GBP", "Bob: 3,000.10 GBP"],
        "Matures": ["Yours: empty", "Bob: 1 Jan 2031"],
        "Labels": ["Yours: mine", "Bob: theirs"],
    }
    assert "Listed: Yes (yours)" in said(app)
    assert "Units: 13 (Bob)" in said(app)
    assert "Mine\nis long." in said(app)
    for radio in app.radio:
        radio.set_value(1 if radio.label in ("Price", "Labels") else 0)
    press(app, "Save my choice")

    told = store.assets[0].plain()
    assert (told["price"], told["labels"], told["story"]) == (
        "3000.10",
        ["theirs"],
        "Mine\nis long.",
    )
    assert (told["matures"], told["listed"], told["units"]) == (None, True, 13)
    assert not app.exception


def test_a_choice_that_does_not_go_together_leads_back_to_the_form(
    kept: Asset, store: Store, visit: Visit
) -> None:
    app = press(visit(ASSET, id=kept.identifier), "Edit")
    enter(app, bought=date(2035, 1, 1), matures=date(2036, 1, 1))
    change(store, kept, bought="2021-01-01", matures="2022-01-01")
    press(app, "Save")
    matures = next(radio for radio in app.radio if radio.label == "Matures")
    matures.set_value(1)
    press(app, "Save my choice")

    assert "It has to mature after it was bought." in said(app)
    assert (box(app, "Bought").value, box(app, "Matures").value) == (
        date(2035, 1, 1),
        date(2022, 1, 1),
    )
    enter(app, matures=date(2037, 1, 1))
    press(app, "Save")
    assert store.assets[0].plain()["matures"] == "2037-01-01"
    assert not app.exception
