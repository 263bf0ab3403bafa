"""Which releases leave the archive, and with them which captures and files: as temporary tables.

`chosen_release`, `chosen_payload` and `chosen_capture` hold keys that last; `reserved_releases` and
`reserved_payloads` those whose pages reserve text and data mining and were read by a permission of ours,
which is none for others.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlite_utils import Database

from archive import search_terms
from archive.errors import ArchiveError
from archive.selection import Asked, conditions, nothing_sought

TEMPORARY = "chosen_release chosen_payload chosen_capture reserved_releases reserved_payloads".split()
NAMED = "releases.id IN (SELECT value FROM json_each(:named))"
PAYLOADS = """
INSERT OR IGNORE INTO chosen_payload SELECT a.payload_digest FROM attachments a
    JOIN chosen_release ON chosen_release.key = a.release_id WHERE a.payload_digest IS NOT NULL
UNION SELECT f.payload_digest FROM attachment_files f JOIN attachments a ON a.id = f.attachment_id
    JOIN chosen_release ON chosen_release.key = a.release_id
"""
# What texts and files rest on, and the captures that hold the payloads of unchanged answers. In order: the
# keys are drawn at random, and a tree that grows all over is read and written again and again.
CAPTURES = """
INSERT OR IGNORE INTO chosen_capture
SELECT c.record_id FROM chosen_release JOIN versions v ON v.release_id = chosen_release.key
    JOIN version_captures vc ON vc.version_id = v.id JOIN captures c ON c.id = vc.capture_id
UNION ALL SELECT c.record_id FROM chosen_release JOIN versions v ON v.release_id = chosen_release.key
    JOIN captures c ON c.id = v.capture_id
UNION ALL SELECT c.record_id FROM chosen_release JOIN attachments a ON a.release_id = chosen_release.key
    JOIN captures c ON c.id = a.capture_id
UNION ALL SELECT c.record_id FROM chosen_release JOIN attachments a ON a.release_id = chosen_release.key
    JOIN attachment_files f ON f.attachment_id = a.id JOIN captures c ON c.id = f.capture_id
ORDER BY 1
"""
REFERRED = """
INSERT OR IGNORE INTO chosen_capture SELECT o.record_id FROM chosen_capture
    JOIN captures c ON c.record_id = chosen_capture.key JOIN captures o ON o.id = c.refers_to
ORDER BY 1
"""
RESERVED = """
SELECT v.release_id FROM captures c INDEXED BY captures_reserved
    JOIN version_captures vc ON vc.capture_id = c.id JOIN versions v ON v.id = vc.version_id
WHERE c.tdm_reservation = 1
"""
RESERVED_FILES = """
INSERT OR IGNORE INTO reserved_payloads SELECT payload_digest FROM captures WHERE tdm_reservation = 1
UNION SELECT a.payload_digest FROM attachments a JOIN reserved_releases r ON r.key = a.release_id
    WHERE a.payload_digest IS NOT NULL
"""
COUNTS = {
    "release": "SELECT count(*) FROM chosen_release",
    "payload": "SELECT count(*) FROM chosen_payload",
    "capture": "SELECT count(*) FROM chosen_capture",
    "whole": "SELECT 1",
}


@contextmanager
def at_one_moment(db: Database) -> Iterator[None]:
    """Whatever is written meanwhile, all that is chosen and read here is as the archive was at one moment."""
    db.execute("PRAGMA temp_store = FILE")  # what is chosen grows with the archive; not to be said within
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def choose(db: Database, what: Asked | None = None, named: Sequence[str] = ()) -> dict[str, int]:
    """Choose what a search finds, or what is named, or both; everything where neither is said.

    The counts per scope. Raises ArchiveError where nothing is found.
    """
    search_terms.register(db.conn)
    condition, values = conditions(what or Asked())
    if what is not None and nothing_sought(what):
        raise ArchiveError("the query holds no word to look for; give a word, or leave --query out")
    if named:
        condition, values = f"{condition} AND {NAMED}", {**values, "named": json.dumps(list(named))}
    for table in TEMPORARY:
        db.execute(f"DROP TABLE IF EXISTS temp.{table}")
        db.execute(f"CREATE TEMP TABLE {table} (key TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute(f"INSERT INTO chosen_release SELECT releases.id FROM releases WHERE {condition}", values)
    for statement in (
        PAYLOADS,
        CAPTURES,
        REFERRED,
        f"INSERT OR IGNORE INTO reserved_releases {RESERVED}",
        RESERVED_FILES,
    ):
        db.execute(statement)
    counts = {scope: int(db.execute(sql).fetchone()[0]) for scope, sql in COUNTS.items()}
    if not counts["release"] and (named or condition != "1"):
        raise ArchiveError("no release fits this selection; choose more widely, or look at the spelling")
    return counts
