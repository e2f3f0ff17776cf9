"""The page of pictures, without a browser: what it says, and what it has done."""

import time

from streamlit.testing.v1 import AppTest

from app.command_line import DEMO
from tests.fakes.shots import shot
from tests.pages.conftest import REVIEW, Store, Visit, drawn

GLANCE = "story/01-glance-desktop-light.png"


def words(app: AppTest) -> str:
    return "\n".join(part.value for part in (*app.markdown, *app.caption, *app.code))


def pictured(store: Store) -> None:
    """One picture that has changed, and is compared."""
    shot(store.pictures / "before", GLANCE, "Browse")
    shot(store.pictures / "after", GLANCE, "Look around")
    while not store.basket.review.index.look().is_done:
        time.sleep(0.01)


def command(app: AppTest, **what: object) -> AppTest:
    """As the browser sends it."""
    app.session_state["review"] = {"commands": [{"n": 1, **what}]}
    return app.run()


def test_without_pictures_it_says_how_to_take_some(store: Store, visit: Visit) -> None:
    app = visit(REVIEW)
    assert "There are no pictures yet" in words(app)
    assert f"{DEMO} shoot story" in words(app)

    store.serve_for("guest")
    told = words(visit(REVIEW))
    assert "Whoever presents takes them" in told
    assert "python -m" not in told


def test_a_decision_and_a_remark_are_everybodys_and_the_baseline_is_accepted(
    store: Store, visit: Visit
) -> None:
    pictured(store)
    app = visit(REVIEW)
    (row,) = drawn(app, "review")["shots"]
    assert (row["status"], row["mine"], row["isApproved"]) == ("changed", "", False)

    app = command(app, do="decide", file=GLANCE, digest=row["digest"], decision="approve")
    assert drawn(app, "review")["done"] == 1
    (theirs,) = drawn(visit(REVIEW), "review")["shots"]
    assert (theirs["mine"], theirs["approved"], theirs["isApproved"]) == ("", ["Guest"], True)

    kept = {"file": GLANCE, "status": "changed", "digest": row["digest"], "decision": ""}
    told = {"do": "say", "shot": {**kept, "comment": "<b>Nice</b>", "pins": []}}
    other = command(visit(REVIEW), **told)
    assert drawn(other, "review")["shots"][0]["voices"] == [{"by": "Guest", "text": "<b>Nice</b>"}]

    app = command(visit(REVIEW), do="accept")
    assert (store.pictures / "before" / GLANCE).read_bytes() == (
        store.pictures / "after" / GLANCE
    ).read_bytes()
    assert not app.exception


def test_what_cannot_be_done_is_told_beside_it_and_what_the_store_misses_is_sent_again(
    store: Store, visit: Visit
) -> None:
    pictured(store)
    app = command(visit(REVIEW), do="decide", file=GLANCE, digest="another", decision="approve")
    assert "taken anew meanwhile" in drawn(app, "review")["refused"]["1"]

    app = visit(REVIEW)
    (row,) = drawn(app, "review")["shots"]
    store.go_away()
    app = command(app, do="decide", file=GLANCE, digest=row["digest"], decision="approve")
    assert drawn(app, "review")["done"] == 0
    assert "sent as soon as it does" in drawn(app, "review")["note"]
    store.come_back()
    assert drawn(app.run(), "review")["done"] == 1
    assert store.basket.review.verdicts.by_file()[GLANCE][0].decision == "approve"
