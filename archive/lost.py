"""Evidence that is missing or damaged, as open issues tell, and evidence that came back from the backup."""

import re
from pathlib import Path

from sqlite_utils import Database

from archive import captures, issues
from archive.errors import WarcError
from archive.evidence import starts_member

KIND = "lost_evidence"
MEND = "restore it from the backup and run `pressearchiv verify`"
OPEN = "SELECT subject, capture_id FROM issues WHERE kind = ? AND closed_at IS NULL AND source_key IS ?"
FILES = "SELECT DISTINCT source_key, warc_file FROM captures"
GAP = re.compile(r"(\S+\.warc\.gz) (\d+)")  # a file, and from which byte on it could not be read


def lost_files(db: Database, warc: Path) -> dict[str, list[str]]:
    """By source, the files that are missing or shorter than they were. Looks at their size only."""
    found: dict[str, list[str]] = {}
    for key, name in db.execute(FILES).fetchall():
        if not _reaches(db, warc, name):
            found.setdefault(key, []).append(name)
    return found


def close_restored(db: Database, warc: Path, source_key: str | None, at: str) -> None:
    """Close the issues about evidence of a source that can be read again."""
    told = db.execute(OPEN, (KIND, source_key)).fetchall()
    back = [subject for subject, capture_id in told if _is_back(db, warc, subject, capture_id)]
    issues.close(db, KIND, back, at)


def _is_back(db: Database, warc: Path, subject: str, capture_id: int | None) -> bool:
    if gap := GAP.fullmatch(subject):
        path = warc / gap[1]
        return path.exists() and starts_member(path, int(gap[2]))
    capture = captures.get(db, capture_id) if capture_id is not None else None
    if capture is None:
        return _reaches(db, warc, subject)
    try:
        captures.payload(db, warc, capture, decode=False)
    except WarcError:
        return False
    return _reaches(db, warc, capture.place.file)


def _reaches(db: Database, warc: Path, name: str) -> bool:
    path = warc / name
    return path.exists() and path.stat().st_size >= captures.known_end(db, name)
