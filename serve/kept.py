"""Pages that were made are kept until something is crawled, built or taken out; nothing else changes them."""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from datasette.database import Database

from archive.clock import berlin_day, utc_now
from serve.archive_rows import row
from serve.language import language

MOST = 128  # pages; the largest, the map, has some 220 kB
_STATE = """
SELECT (SELECT count(*) FROM redactions) AS redactions, id, ended_at FROM runs ORDER BY id DESC LIMIT 1
"""


class Page(NamedTuple):
    """A page as it was made."""

    state: str
    page: str
    tag: str  # by which a browser knows that it has it already


_pages: OrderedDict[tuple[str | None, str, str], Page] = OrderedDict()


async def kept(db: Database, address: str, make: Callable[[], Awaitable[str]]) -> tuple[str, str]:
    """The page at an address, in the language that is spoken, made where none is known; and its tag."""
    state = await _state(db)
    where = db.path, language(), address
    known = _pages.get(where)
    if known is None or known.state != state:
        page = await make()
        known = Page(state, page, f'W/"{hashlib.sha256(page.encode()).hexdigest()[:20]}"')
        _pages[where] = known
    _pages.move_to_end(where)
    if len(_pages) > MOST:
        _pages.popitem(last=False)
    return known.page, known.tag


async def _state(db: Database) -> str:
    """What a page depends on besides its address: the last run, what was taken out, and the day."""
    last = await row(db, _STATE)
    return f"{last} {berlin_day(utc_now())}"
