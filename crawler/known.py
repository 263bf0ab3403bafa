"""Which addresses may have captures: in the first crawl of a source only those that came in it.

Others need not be looked up, one by one, in a file that another process changes all the time.
"""

from sqlite_utils import Database

ANY = "SELECT 1 FROM captures WHERE source_key = ? LIMIT 1"


class Known:
    """Addresses of one source, whose lock the caller holds: nobody else captures it."""

    def __init__(self, db: Database, source_key: str) -> None:
        first = db.execute(ANY, (source_key,)).fetchone() is None
        self._came: set[str] | None = set() if first else None

    def __contains__(self, url: str) -> bool:
        return self._came is None or url in self._came

    def add(self, *urls: str) -> None:
        """Addresses that are captured now."""
        if self._came is not None:
            self._came.update(urls)
