"""Does a request change anything? Unknown counts as a change: too much is kept, never too little.

JSON protocols name their action in ``X-Amz-Target``, the query protocol in ``Action``, RPC over
CBOR in the path; REST protocols say it with the method.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qs

from services.moto_server.http.wire import Request

EPHEMERAL = "HTTP_X_BASKET_EPHEMERAL"
_READING = re.compile(
    r"(Get|List|Describe|Head|Lookup|Search|BatchGet|TransactGet)[A-Z]|(Query|Scan)$"
)
# Their Get… hands out credentials or identities that have to be known later.
_GET_CHANGES = ("AWSCognitoIdentityService", "AWSSecurityTokenService", "sts")
_COPYING = ("ExportTableToPointInTime", "UpdateContinuousBackups")
_STATEMENTS = ("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction")
_RPC_PATH = re.compile(r"/service/(\w+)/operation/(\w+)$")
# Where the query protocol is spoken: at the root, or at the address of a queue.
_QUERY_PATH = re.compile(r"/(\d{12}/[^/]+)?")
_SELECT = re.compile(r"\s*select\b", re.IGNORECASE)


def is_write(request: Request) -> bool:
    """Whether the request may change what Moto knows."""
    service, action = action_of(request)
    if not action:
        return request.method not in ("GET", "HEAD", "OPTIONS")
    if action in _STATEMENTS:
        return not _only_selects(request)
    if service in _GET_CHANGES and action.startswith("Get"):
        return action != "GetCallerIdentity"
    return not _READING.match(action)


def is_ephemeral(request: Request) -> bool:
    """Whether the caller wants this change forgotten at the next start."""
    return request.header(EPHEMERAL) == "1"


def is_copying(request: Request) -> bool:
    """Whether it is part of an export that is forgotten: no table is another one afterwards."""
    action = action_of(request)[1]
    return is_ephemeral(request) and (action in _COPYING or not action)


def changed_nothing(request: Request, answer_body: bytes) -> bool:
    """Whether the answer shows that nothing changed: a poll of an empty queue."""
    if action_of(request)[1] != "ReceiveMessage":
        return False
    return b'"Messages"' not in answer_body and b"<Message>" not in answer_body


def action_of(request: Request) -> tuple[str, str]:
    """Service and action as the protocol names them, two empty strings for REST."""
    target = request.header("HTTP_X_AMZ_TARGET")
    if target and request.method == "POST":
        service, _, action = target.rpartition(".")
        return service, action
    rpc = _RPC_PATH.search(request.path)
    if rpc and request.header("HTTP_SMITHY_PROTOCOL"):
        return rpc[1], rpc[2]
    return _credential_service(request), _query_action(request)


def _query_action(request: Request) -> str:
    # Anywhere else it is content, such as an object that is put: it may name an action as well.
    if request.method not in ("GET", "POST") or not _QUERY_PATH.fullmatch(request.path):
        return ""
    if request.header("CONTENT_TYPE").startswith("application/x-www-form-urlencoded"):
        action = _parameter(request.body.decode("latin-1"), "Action")
        if action:
            return action
    return _parameter(request.query, "Action") if "Action=" in request.query else ""


def _parameter(query: str, name: str) -> str:
    return parse_qs(query).get(name, [""])[0]


def _credential_service(request: Request) -> str:
    scope = request.header("HTTP_AUTHORIZATION").partition(",")[0].split("/")
    return scope[3] if len(scope) > 3 else ""


def _only_selects(request: Request) -> bool:
    try:
        statements = list(_statements(json.loads(request.body)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return bool(statements) and all(_SELECT.match(statement) for statement in statements)


def _statements(content: dict[str, Any]) -> list[str]:
    if "Statement" in content:
        return [content["Statement"]]
    several = content.get("Statements") or content["TransactStatements"]
    return [one["Statement"] for one in several]
