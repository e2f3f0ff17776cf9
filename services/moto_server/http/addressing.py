"""Whose account and which region a request is for, by Moto's own rules."""

from functools import lru_cache
from types import SimpleNamespace

from moto.core.responses import BaseResponse

from services.moto_server.http.wire import Request


def account_and_region(request: Request) -> tuple[str, str]:
    """Where Moto would carry out ``request``."""
    credential = request.header("HTTP_AUTHORIZATION").partition(",")[0]
    region = _region(request.header("HTTP_HOST"), request.header("HTTP_USER_AGENT"), credential)
    return _account(request, credential), region


def _account(request: Request, credential: str) -> str:
    # Not cached: IAM decides, and may decide differently after a CreateAccessKey.
    response = BaseResponse()
    response.querystring = {}
    response.headers = {"Authorization": f"{credential},"}
    account = request.header("HTTP_X_MOTO_ACCOUNT_ID")
    if account:
        response.headers["x-moto-account-id"] = account
    return str(response.get_current_account())


@lru_cache(maxsize=256)
def _region(host: str, user_agent: str, credential: str) -> str:
    headers = {"User-Agent": user_agent, "Authorization": f"{credential},"}
    request = SimpleNamespace(headers=headers)
    return str(BaseResponse().get_region_from_url(request, f"http://{host}/"))
