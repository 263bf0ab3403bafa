"""Datasette's CSV, with texts of portals in it, opened in a spreadsheet: no cell of it may run."""

import csv
import io
import sys

from exports.delimited import safe
from serve.headers import App, Message, Receive, Scope, Send

CSV = b"text/csv"
OURS = "/suche."  # written safely as it is
csv.field_size_limit(sys.maxsize)  # a text may be longer than what the module takes for a sane cell


def with_plain_cells(app: App) -> App:
    """An ASGI application in whose CSV no cell is a formula, by the rule of the exports.

    Numbers stay as they are. Datasette sends a row at a time, so a part of an answer holds whole rows.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        is_csv = False

        async def send_plain(message: Message) -> None:
            nonlocal is_csv
            if message["type"] == "http.response.start":
                kinds = (
                    value for name, value in message.get("headers", ()) if name.lower() == b"content-type"
                )
                is_csv = next(kinds, b"").startswith(CSV)
            elif is_csv and message.get("body"):
                message = {**message, "body": plain(message["body"].decode("utf-8")).encode()}
            await send(message)

        table = scope["type"] == "http" and not scope["path"].startswith(OURS)
        await app(scope, receive, send_plain if table else send)

    return wrapped


def plain(text: str) -> str:
    """Rows of CSV without formulas.

    >>> plain('a,=1+1,-5\\r\\n')
    "a,'=1+1,-5\\r\\n"
    """
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([value if _is_number(value) else safe(value) for value in row])
    return rows.getvalue()


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
