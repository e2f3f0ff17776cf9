"""Answers of this server's own, in the shapes that AWS clients read errors from."""

import json
from xml.sax.saxutils import escape

from services.moto_server.http.wire import Answer, Request


def refusal(sentence: str) -> Answer:
    """403 with one sentence, for callers that are no AWS clients."""
    return _json("403 Forbidden", {"message": sentence})


def failure(request: Request, status: str, code: str, sentence: str) -> Answer:
    """An error as the protocol of ``request`` words it, so that any SDK shows ``sentence``."""
    if "HTTP_X_AMZ_TARGET" in request.headers:
        return _json(status, {"__type": code, "message": sentence})
    return _xml(status, code, sentence)


def _json(status: str, content: dict[str, str]) -> Answer:
    body = json.dumps(content).encode()
    return _answer(status, "application/json", body)


def _xml(status: str, code: str, sentence: str) -> Answer:
    # S3 reads <Error> at the root, the query protocol below <ErrorResponse>: S3's clients take
    # both, the others only their own.
    error = f"<Error><Code>{code}</Code><Message>{escape(sentence)}</Message></Error>"
    return _answer(status, "application/xml", f"<ErrorResponse>{error}</ErrorResponse>".encode())


def _answer(status: str, content_type: str, body: bytes) -> Answer:
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    return Answer(status, headers, body)
