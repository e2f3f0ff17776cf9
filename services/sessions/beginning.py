"""A session that begins with known data."""

from dataclasses import dataclass

from services.access import Role, check_presenter
from services.errors import BasketError, StoreUnavailable
from services.scenarios.service import ScenarioService
from services.sessions.service import SessionService


class NotBegun(BasketError):  # noqa: N818 - says what the session has not
    """The session has not begun; the text says what became of the assets."""


@dataclass(frozen=True)
class Beginning:
    """What a presenter has entered to begin a session."""

    title: str
    goal: str
    code: str
    scenario: str = ""
    """The scenario or checkpoint to begin with; empty for what there is."""


def begin(
    sessions: SessionService, scenarios: ScenarioService, what: Beginning, *, by: str, role: Role
) -> None:
    """Replace all assets, if that is wanted, then begin a session.

    Repeating it goes on where it was stopped. Raises NotAllowed, InvalidSession, NotBegun, and as
    `ScenarioService.load` does.
    """
    check_presenter(role)
    sessions.check(what.title, what.goal)
    if what.scenario:
        _replace(scenarios, what.scenario, by, role)
    try:
        sessions.start(what.title, what.goal, by=by, code=what.code, role=role)
    except StoreUnavailable as error:
        if not what.scenario:
            raise
        raise NotBegun(_REPLACED) from error


def _replace(scenarios: ScenarioService, scenario: str, by: str, role: Role) -> None:
    try:
        # What was stopped halfway is finished first: what was there before it can be gone back to.
        scenarios.go_on()
        scenarios.load(scenario, by=by, role=role)
    except StoreUnavailable as error:
        raise NotBegun(_UNSURE) from error


_UNSURE = (
    "The session has not begun: the store did not answer while the assets were being replaced. "
    "Some of them may be replaced already. Start it again, and it goes on with them."
)
_REPLACED = (
    "The assets are replaced, but the session has not begun: the store did not answer. "
    "Start it again. On Scenarios you can undo the replacement."
)
