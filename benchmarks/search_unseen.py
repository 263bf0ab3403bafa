"""How good searches are that nobody mended by: queries as journalists put them, each with its own releases.

The releases were written together with their queries, and before any of them was asked; each query is judged
by its own releases alone. `python -m benchmarks.search_unseen` tells what was missed and what was too much;
`python -m benchmarks.search_unseen ARCHIVE` how long the same queries take in an archive of any size.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from archive.selection import Asked, asked
from benchmarks.search_pages import answer, forget, opened
from benchmarks.search_quality import Engine, Judged, Score, Text, engines, filled, score
from serve.search import FEW
from serve.suggestions import hints

UNSEEN = Path(__file__).parents[1] / "tests/search/unseen.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A query, its class, and what was written for it."""

    kind: str
    judged: Judged
    known: frozenset[int]  # documents that were judged for this query
    titles: dict[int, str]


def corpus(path: Path) -> tuple[Database, list[Case]]:
    """All releases of the set in one archive, and the queries."""
    lines = [json.loads(line) for line in UNSEEN.read_text("utf-8").splitlines()]
    texts = [Text(*told) for line in lines for told in (*line["relevant"], *line["irrelevant"])]
    db = filled(path, texts)
    rows = db.execute("SELECT title, text, document FROM release_texts").fetchall()
    documents = {(title, text): document for title, text, document in rows}
    return db, [_case(line, documents) for line in lines]


def _case(line: dict[str, object], documents: dict[tuple[str, str], int]) -> Case:
    found: dict[str, dict[int, str]] = {
        name: {documents[title, text]: title for title, text in line[name]}  # type: ignore[attr-defined]
        for name in ("relevant", "irrelevant")
    }
    judged = Judged(asked({"q": line["q"]}), frozenset(found["relevant"]))
    titles = found["relevant"] | found["irrelevant"]
    return Case(str(line["class"]), judged, frozenset(titles), titles)


def scores(db: Database, cases: list[Case]) -> dict[str, dict[str, Score]]:
    """Means of each engine, of all queries and of each class."""
    by_class: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_class["all"].append(case)
        by_class[case.kind].append(case)
    return {
        name: {kind: _score(some, engine) for kind, some in by_class.items()}
        for name, engine in _engines(db).items()
    }


def faults(db: Database, cases: list[Case]) -> Iterator[str]:
    """What our search misses or finds too much, a line each."""
    engine = _engines(db)["ours"]
    for case in cases:
        found = set(engine(case.judged.what)) & case.known
        for fault, documents in (
            ("missed", case.judged.relevant - found),
            ("too much", found - case.judged.relevant),
        ):
            for document in sorted(documents):
                yield f"{case.kind:12} {case.judged.what.q:32} {fault:8} {case.titles[document]}"


def _score(cases: list[Case], engine: Engine) -> Score:
    """Each query over its own releases only: what else answers it was written for another one."""
    one_by_one = [score([case.judged], _among(engine, case.known)) for case in cases]
    fields = ("precision", "recall", "ndcg")
    return Score(*(sum(getattr(one, field) for one in one_by_one) / len(cases) for field in fields))


def _among(engine: Engine, known: frozenset[int]) -> Engine:
    return lambda what: [document for document in engine(what) if document in known]


def _engines(db: Database) -> dict[str, Engine]:
    """Those of the other set; ours with the word that the page offers where little is found."""
    plain = engines(db)
    ours = plain["ours"]

    def helped(what: Asked) -> Sequence[int]:
        found = ours(what)
        offered = [hint.query for hint in hints(db.conn, what, few=len(found) <= FEW) if hint.query]
        return ours(replace(what, q=offered[0])) if offered and not found else found

    return plain | {"ours": helped}


def times(path: Path) -> Iterator[tuple[float, int, str]]:
    """Milliseconds of processor time of the first answer to each query, its hits, and the query."""
    lines = [json.loads(line) for line in UNSEEN.read_text("utf-8").splitlines()]
    with closing(opened(path)) as connection:
        answer(connection, asked({}))  # reads what every search needs
        for line in lines:
            what = asked({"q": line["q"]})
            forget(connection)
            began = time.process_time()
            hits = answer(connection, what)
            yield (time.process_time() - began) * 1000, hits, what.q


def main() -> None:
    if len(sys.argv) > 1:
        by_time = sorted(times(Path(sys.argv[1])), reverse=True)
        for taken, hits, query in by_time:
            print(f"{taken:8.0f} ms {hits:9} {query}")
        print(f"median of {len(by_time)}: {by_time[len(by_time) // 2][0]:.0f} ms")
        return
    with tempfile.TemporaryDirectory() as folder:
        db, cases = corpus(Path(folder) / "unseen.db")
        for engine, by_class in scores(db, cases).items():
            for kind, one in by_class.items():
                told = "  ".join(f"{value:6.1%}" for value in (one.precision, one.recall, one.ndcg))
                print(f"{engine:12} {kind:12} {told}")
        print(*faults(db, cases), sep="\n")
        db.close()


if __name__ == "__main__":
    main()
