"""What each route of the API is given: services, role and author of a request."""

from collections.abc import Callable
from typing import Annotated, cast

from fastapi import Depends, Header, Request
from starlette.types import Scope

from app.basket import Basket
from app.security.requests import ROLE_HEADER
from services.access import Role, role_named

_KEY = "basket.services"


def with_services(scope: Scope, services: Callable[[], Basket]) -> Scope:
    """The scope of a request that is answered over these services."""
    return {**scope, _KEY: services}


def _services(request: Request) -> Basket:
    """Raises StoreUnavailable while the app is closing."""
    return cast("Basket", request.scope[_KEY]())


Services = Annotated[Basket, Depends(_services)]


def _role(request: Request, services: Services) -> Role:
    told = role_named(request.headers.get(ROLE_HEADER, ""))
    return told or services.settings.default_role


Asker = Annotated[Role, Depends(_role)]
Author = Annotated[
    str, Header(alias="X-Basket-User", description="Who does it, as the pages show it.")
]
