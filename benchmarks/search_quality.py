"""How good searches are: judged queries over the invented releases, against FTS5 alone with two tokenizers.

A judgement says which words, in any form, a release must hold to be a hit, as patterns over its title and
text: so it depends on no index. The peers are given the same structure of a query, with the words as typed.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from archive import search_terms
from archive.search_query import Clause, parse
from archive.selection import Asked, asked, conditions
from archive.store import open_archive, writing
from benchmarks import site
from pipeline.search import index

JUDGED = Path(__file__).parents[1] / "tests/search/judged.jsonl"
FIRST = 10
PEERS = {"fts5": "unicode61", "fts5_porter": "porter unicode61"}
LANDS = {"thueringen": "DE-TH", "bund": "DE", "feed": "DE-ST"}
SEEN = "2026-03-01T08:00:00Z"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the documents that answer it."""

    what: Asked
    relevant: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over all queries."""

    precision: float
    recall: float
    ndcg: float


class Text(NamedTuple):
    """A release, as far as a search looks at it."""

    title: str
    text: str
    kind: str = "press_release"
    day: str = "2024-03-01"
    land: str = "DE-TH"


def corpus(path: Path) -> Database:
    """The invented releases, indexed by us and by the peers."""
    return filled(
        path,
        (
            Text(release.title, release.text, release.kind, f"{release.published:%Y-%m-%d}", land)
            for key, land in LANDS.items()
            for release in site.written(f"demo-{key}")
        ),
    )


def filled(path: Path, texts: Iterable[Text]) -> Database:
    """Texts as documents 1, 2, 3 …, those that are said twice once; indexed by us and by the peers."""
    db = open_archive(path)
    db.execute("PRAGMA foreign_keys = OFF")
    with writing(db):
        db.execute(
            "INSERT INTO captures (id, source_key, role, url, requested_url, captured_at, status, "
            "payload_digest, payload_bytes, record_id, record_type, warc_file, warc_offset, warc_length) "
            "VALUES (1, 'x', 'detail', '', '', '', 200, '', 1, 'r', 'response', '', 0, 1)"
        )
        for number, text in enumerate({(text.title, text.text): text for text in texts}.values(), 1):
            _insert(db, f"r{number}", text)
        index.add(db, [row[0] for row in db.execute("SELECT id FROM releases")])
        for name, tokenizer in PEERS.items():
            db.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(title, text, tokenize='{tokenizer}')")
            db.execute(
                f"INSERT INTO {name} (rowid, title, text) SELECT document, title, text FROM release_texts"
            )
    search_terms.register(db.conn)
    return db


def _insert(db: Database, key: str, text: Text) -> None:
    db.execute(
        "INSERT INTO releases (id, title, kind, published_on, source_key, publisher_id, publisher_name, "
        "jurisdiction, url, first_seen_at, last_seen_at, last_changed_at, version_id, characters) "
        "VALUES (?, ?, ?, ?, 'x', 'x', 'x', ?, ?, ?, ?, ?, ?, ?)",
        (key, text.title, text.kind, text.day, text.land, key, *(SEEN,) * 3, f"{key}-1", len(text.text)),
    )
    db.execute(
        "INSERT INTO versions VALUES (?, ?, 1, ?, ?, ?, ?, ?, 1)",
        (f"{key}-1", key, text.title, text.text, key, SEEN, SEEN),
    )


def judged(db: Database) -> list[Judged]:
    """The judged queries with their relevant documents."""
    texts = db.execute("SELECT document, title, text FROM release_texts").fetchall()
    found = []
    for line in JUDGED.read_text("utf-8").splitlines():
        said = json.loads(line)
        where, values = conditions(asked(said.get("filters", {})))
        held = {row[0] for row in db.execute(f"SELECT rowid FROM releases WHERE {where}", values)}
        wanted, unwanted, in_title = (said.get(name, ()) for name in ("wanted", "unwanted", "title"))
        relevant = frozenset(
            document
            for document, title, text in texts
            if document in held
            and all(re.search(pattern, f"{title}\n{text}") for pattern in wanted)
            and not any(re.search(pattern, f"{title}\n{text}") for pattern in unwanted)
            and all(re.search(pattern, title) for pattern in in_title)
        )
        typed = {} if ":" in said["q"] and "titel" not in said["q"] else said.get("filters", {})
        found.append(Judged(asked({"q": said["q"], **typed}), relevant))
    return found


def run() -> dict[str, dict[str, float]]:
    """Precision, recall and nDCG@10 of our search and of the peers, in per cent."""
    with tempfile.TemporaryDirectory() as folder:
        db = corpus(Path(folder) / "quality.db")
        cases = judged(db)
        found = {name: score(cases, engine) for name, engine in engines(db).items()}
        db.close()
    return {
        name: {"precision": round(100 * s.precision, 1), "recall": round(100 * s.recall, 1)}
        | {"ndcg_at_10": round(100 * s.ndcg, 1), "queries": len(cases)}
        for name, s in found.items()
    }


Engine = Callable[[Asked], Sequence[int]]


def engines(db: Database) -> dict[str, Engine]:
    """Each takes what is asked and gives documents, the best first."""

    def ours(what: Asked) -> list[int]:
        where, values = conditions(what)
        rank = "SELECT rowid AS document, rank FROM releases_fts WHERE releases_fts MATCH :match"
        sql = f"""SELECT releases.rowid FROM releases JOIN ({rank}) ON document = releases.rowid
            WHERE {where} ORDER BY rank, published_on DESC"""
        return [row[0] for row in db.execute(sql, values)]

    def bare(table: str) -> Engine:
        def found(what: Asked) -> list[int]:
            where, values = conditions(replace(what, q=""))
            sql = f"""SELECT {table}.rowid FROM {table} JOIN releases ON releases.rowid = {table}.rowid
                WHERE {table} MATCH :plain AND {where} ORDER BY rank"""
            return [row[0] for row in db.execute(sql, {**values, "plain": _plain(what.q)})]

        return found

    return {"ours": ours} | {name: bare(name) for name in PEERS}


def _plain(typed: str) -> str:
    """The query in FTS5's own language, with the words as typed."""
    query = parse(typed)
    wanted = " AND ".join(
        f"({' OR '.join(_words(c) for c in group if isinstance(c, Clause))})" for group in query.words()
    )
    without = " OR ".join(_words(c) for c in query.excluded if isinstance(c, Clause))
    return f"({wanted}) NOT ({without})" if without else wanted


def _words(clause: Clause) -> str:
    return f'{"title : " * clause.title_only}"{" ".join(clause.tokens)}"{" *" * clause.beginning}'


def score(cases: Sequence[Judged], engine: Engine) -> Score:
    """Means over the queries; finding nothing is not precise where there was something to find."""
    rows = [_score(case, list(engine(case.what))) for case in cases]
    return Score(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))


def _score(case: Judged, found: list[int]) -> tuple[float, float, float]:
    right = sum(document in case.relevant for document in found)
    if not case.relevant:
        return float(not found), 1.0, float(not found)
    gain = sum((document in case.relevant) / log2(at + 2) for at, document in enumerate(found[:FIRST]))
    best = sum(1 / log2(at + 2) for at in range(min(FIRST, len(case.relevant))))
    return right / len(found) if found else 0.0, right / len(case.relevant), gain / best
