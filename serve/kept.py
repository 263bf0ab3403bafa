"""Pages that were made are kept until something is crawled, built or taken out; nothing else changes them."""

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from datasette.database import Database

from archive.clock import berlin_day, utc_now
from serve.archive_rows import row

MOST = 128  # pages; the largest, the map, has some 220 kB
_STATE = """
SELECT (SELECT count(*) FROM redactions) AS redactions, id, ended_at FROM runs ORDER BY id DESC LIMIT 1
"""


class Page(NamedTuple):
    """A page as it was made."""

    state: str
    page: str
    tag: str  # by which a browser knows that it has it already


_pages: OrderedDict[tuple[str | None, str], Page] = OrderedDict()


async def kept(db: Database, address: str, make: Callable[[], Awaitable[str]]) -> tuple[str, str]:
    """The page at an address, made where it is not known as of now; and its entity tag."""
    state = await _state(db)
    known = _pages.get((db.path, address))
    if known is None or known.state != state:
        page = await make()
        known = Page(state, page, f'W/"{hashlib.sha256(page.encode()).hexdigest()[:20]}"')
        _pages[db.path, address] = known
    _pages.move_to_end((db.path, address))
    if len(_pages) > MOST:
        _pages.popitem(last=False)
    return known.page, known.tag


async def _state(db: Database) -> str:
    """What a page depends on besides its address: the last run, what was taken out, and the day."""
    last = await row(db, _STATE)
    return f"{last} {berlin_day(utc_now())}"
