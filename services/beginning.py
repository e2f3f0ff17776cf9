"""A session that begins with known data."""

from services.access import check_presenter
from services.errors import BasketError, StoreUnavailable
from services.scenarios.service import ScenarioService
from services.sessions import SessionService


class NotBegun(BasketError):  # noqa: N818 - says what the session has not
    """The session has not begun; the text says what became of the assets."""


def begin(
    sessions: SessionService,
    scenarios: ScenarioService,
    title: str,
    goal: str,
    scenario: str,
    *,
    by: str,
    code: str,
) -> None:
    """Replace all assets by a scenario's or a checkpoint's, then begin a session.

    Without one it begins with what there is. Repeating it goes on where it was stopped. Raises
    NotAllowed, InvalidSession, NotBegun, and as `ScenarioService.load` does.
    """
    check_presenter()
    sessions.check(title, goal)
    if not scenario:
        sessions.start(title, goal, by=by, code=code)
        return
    try:
        scenarios.go_on()
        scenarios.load(scenario, by=by)
    except StoreUnavailable as error:
        raise NotBegun(_UNSURE) from error
    try:
        sessions.start(title, goal, by=by, code=code)
    except StoreUnavailable as error:
        raise NotBegun(_REPLACED) from error


_UNSURE = (
    "The session has not begun: the store did not answer while the assets were being replaced. "
    "Some of them may be replaced already. Start it again, and it goes on with them."
)
_REPLACED = (
    "The assets are replaced, but the session has not begun: the store did not answer. "
    "Start it again. On Scenarios you can undo the replacement."
)
