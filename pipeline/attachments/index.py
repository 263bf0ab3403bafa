"""The full text index over the pages of attached files, with the terms by which releases are found."""

from collections.abc import Iterable

from sqlite_utils import Database

from archive import lemmas
from archive.search_terms import compound_parts, index_terms

RULES = "attachment_search_rules"
_PUT = "INSERT INTO attachment_pages_fts (rowid, title, text, parts) VALUES (?, '', ?, ?)"
_BATCH = 200


def add(db: Database, pages: Iterable[tuple[int, str]]) -> None:
    """Index pages, given by id and text. They must not be in the index."""
    db.conn.executemany(_PUT, ((key, index_terms(text), compound_parts(text)) for key, text in pages))


def clear(db: Database) -> None:
    """Take all pages out."""
    db.execute("INSERT INTO attachment_pages_fts (attachment_pages_fts) VALUES ('delete-all')")


def remove(db: Database, digests: Iterable[str]) -> None:
    """Take the pages of some files out, while their texts are still there."""
    take = """INSERT INTO attachment_pages_fts (attachment_pages_fts, rowid, title, text, parts)
        VALUES ('delete', ?, '', ?, ?)"""
    for digest in digests:
        pages = db.execute("SELECT id, text FROM attachment_pages WHERE payload_digest = ?", (digest,))
        terms = [(key, index_terms(text), compound_parts(text)) for key, text in pages.fetchall()]
        db.conn.executemany(take, terms)


def follow_rules(db: Database) -> None:
    """Index all pages anew where the rules of the terms have changed since."""
    row = db.execute("SELECT value FROM archive_state WHERE key = ?", (RULES,)).fetchone()
    if row and row[0] == lemmas.rules():
        return
    clear(db)
    db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (RULES, lemmas.rules()))
    last = -1
    page = "SELECT id, text FROM attachment_pages WHERE id > ? ORDER BY id LIMIT ?"
    while rows := db.execute(page, (last, _BATCH)).fetchall():
        add(db, rows)
        last = rows[-1][0]


def check(db: Database) -> list[str]:
    """What is wrong with the index, a line for each; empty where it holds every page and nothing else."""
    indexed = {row[0] for row in db.execute("SELECT id FROM attachment_pages_fts_docsize")}
    held = {row[0] for row in db.execute("SELECT id FROM attachment_pages")}
    wrong = [f"page {key} of an attachment is not in the search index" for key in sorted(held - indexed)]
    return wrong + [f"the search index holds page {key}, which is gone" for key in sorted(indexed - held)]
