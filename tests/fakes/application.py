"""An application over services that a test has chosen, and may replace."""

from app.basket import Basket
from app.bootstrap import Application
from app.settings import Settings
from services.access import Role


class FakeApplication(Application):
    """Builds nothing: its services are those of the test."""

    def __init__(self, basket: Basket) -> None:
        super().__init__()
        self.basket = basket

    def services(self) -> Basket:
        return self.basket


class _ForGuests(Settings):
    @property
    def default_role(self) -> Role:
        return "guest"


class _ForPresenters(Settings):
    @property
    def default_role(self) -> Role:
        return "presenter"


def settings_for(role: Role, **given: object) -> Settings:
    """Settings under which everybody counts as this of whom nothing else is known."""
    kind = _ForGuests if role == "guest" else _ForPresenters
    return kind.model_validate(given)
