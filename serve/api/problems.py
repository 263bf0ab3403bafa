"""Answers that say what was wrong with a request, as RFC 9457 has them."""

import json
from http import HTTPStatus

from datasette.utils.asgi import Response

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: object) -> Response:
    """A problem; `more` stands beside the members of the standard."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps(said | more, ensure_ascii=False)
    return Response(body, status=status, content_type=MEDIA_TYPE)
