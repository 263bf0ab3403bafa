"""Answers that say what was wrong with a request, as RFC 9457 has them."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from datasette.utils.asgi import Response

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object) -> Response:
    """A problem; `more` stands beside the members of the standard."""
    body = json.dumps(stated(status, detail) | more, ensure_ascii=False)
    return Response(body, status=status, headers=dict(headers or {}), content_type=MEDIA_TYPE)


def stated(status: int, detail: str) -> dict[str, object]:
    """The members of the standard."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
