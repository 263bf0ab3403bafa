"""How long the search page takes: an archive of any size, questions as people put them, one after the other.

`python -m benchmarks.search_pages ARCHIVE [--releases N]` fills the archive where there is none.
"""

import argparse
import json
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import quantiles

from archive import lemmas, search_terms
from archive.search_query import parse
from archive.selection import Asked, asked
from archive.snippets import hits, snippet
from benchmarks import scaled
from serve import search
from serve.narrow import narrow
from serve.sets import sets_of

ROUNDS = 7
WORDS = (
    "Fördermittel",
    "Feuerwehr Gerätehaus",
    "Kita",
    "Bescheid Landkreis",
    "Radweg",
    '"Grünes Licht"',
    "Hochwasserschutz",
    "Schule Sanierung",
    "Krankenhaus",
    "Breitband",
    "Land",
    "Schule",
    "Millionen Euro",
    "Hochwasser*",
    "=Bescheide",
    "Bescheid ODER Zuschuss -Schule",
    "titel:Feuerwehr",
    '"Schule Sanierung"~10',
    "Födermittel",
)
SIZES = {"kreis": "district", "gemeinde": "municipality", "land": "jurisdiction", "amt": "office"}
FILTERS: dict[str, dict[str, str]] = {
    "days": {"von": "2024-01-01", "bis": "2024-03-31"},
    "year": {"jahr": "2018"},
    "sum": {"betrag_von": "1000000", "betrag_bis": "2000000"},
    "flags": {"anhang": "1", "foerderung": "1"},
    "missing": {"verschwunden": "1"},
    "changed": {"geaendert": "1"},
    "field": {"q": "kreis:Gotha betrag:>1000000"},
    "odd sum": {"betrag_von": "1234567"},
}


def filters(connection: sqlite3.Connection) -> list[dict[str, str]]:
    """Filters that find something here: the largest district, municipality, Land and office."""
    kinds = sets_of(connection).kinds
    largest = [{name: next(iter(kinds[kind]))} for name, kind in SIZES.items() if kinds.get(kind)]
    return [*largest, *FILTERS.values()]


def questions(connection: sqlite3.Connection) -> dict[str, list[Asked]]:
    """The questions by group."""
    known = filters(connection)
    both = [{"q": word} | chosen for word in WORDS[:3] for chosen in known if "q" not in chosen]
    return {
        "nothing asked": [asked({})],
        "words, newest": [asked({"q": word}) for word in WORDS],
        "words, by rank": [asked({"q": word, "sort": "passend"}) for word in WORDS],
        "filters": [asked(chosen) for chosen in known],
        "words and filters": [asked(said) for said in both],
        "second page": [asked({"q": word, "seite": "2"}) for word in WORDS],
    }


def answer(connection: sqlite3.Connection, what: Asked) -> int:
    """All that the page says, without drawing it; the number of hits."""
    said = search._searched(connection, what)
    query = parse(what.q)
    for release in said["releases"]:
        hits(release["title"], query)
        snippet(release["text"], query)
    return int(said["total"])


def measure(path: Path, rounds: int = ROUNDS) -> dict[str, dict[str, float | str]]:
    """Milliseconds of each group, warm: the first answer to each question is not counted.

    Processor time, which is what the clock shows on a machine with nothing else to do. What earlier searches
    found is forgotten before each answer; `known` is the same where it is not, as on the second page.
    """
    connection = opened(path)
    figures: dict[str, dict[str, float | str]] = {}
    everything: list[float] = []
    for group, asked_for in questions(connection).items():
        times: list[float] = []
        known: list[float] = []
        slowest = (0.0, "")
        for what in asked_for:
            answer(connection, what)
            work = partial(answer, connection, what)
            for _ in range(rounds):
                forget(connection)
                times.append(processor_ms(work))
                known.append(processor_ms(work))
            slowest = max(slowest, (sorted(times[-rounds:])[rounds // 2], what.address()))
        everything += times
        figures[group] = (
            _figures(times)
            | {f"known_{name}": value for name, value in _figures(known).items()}
            | {"slowest_ms": round(slowest[0]), "slowest": slowest[1]}
        )
    figures["all"] = _figures(everything)
    figures["twenty by rank"] = _beside_fts5(connection, rounds)
    connection.close()
    return figures


def opened(path: Path) -> sqlite3.Connection:
    lemmas.load()
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    search_terms.register(connection)
    connection.execute("PRAGMA cache_size = -2000")  # as Datasette leaves it
    return connection


def _beside_fts5(connection: sqlite3.Connection, rounds: int) -> dict[str, float | str]:
    """The best twenty as FTS5 gives them over the same index and as we do; how many of ours are as good."""
    ours = theirs = 0.0
    good = best = 0
    for what in (asked({"q": word, "sort": "passend"}) for word in WORDS if "=" not in word):
        for _ in range(rounds):
            forget(connection)
            ours += processor_ms(partial(_best, connection, what))
            theirs += processor_ms(partial(_best_by_fts5, connection, what))
        by_fts5 = _best_by_fts5(connection, what)
        values = {"match": what.match, "documents": json.dumps(_best(connection, what))}
        weights = [weight for _, weight in connection.execute(search._WEIGHED, values)]
        good += sum(weight <= by_fts5[-1][1] for weight in weights)
        best += len(by_fts5)
    count = (len(WORDS) - 1) * rounds
    return {
        "ms": round(ours / count, 1),
        "fts5_ms": round(theirs / count, 1),
        "times_fts5": round(ours / theirs, 2),
        "as_good_per_cent": round(100 * good / best, 1),
    }


def _best(connection: sqlite3.Connection, what: Asked) -> list[int]:
    return search._ranked(connection, what, narrow(connection, what), 20)


def _best_by_fts5(connection: sqlite3.Connection, what: Asked) -> list[tuple[int, float]]:
    sql = "SELECT rowid, rank FROM releases_fts WHERE releases_fts MATCH ? ORDER BY rank LIMIT 20"
    return connection.execute(sql, (what.match,)).fetchall()


def forget(connection: sqlite3.Connection) -> None:
    """What earlier searches found is not known any more."""
    sets_of(connection)._found.clear()


def processor_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _figures(times: list[float]) -> dict[str, float | str]:
    cuts = quantiles(times, n=20)
    return {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--releases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    said = parser.parse_args()
    if not said.archive.exists():
        scaled.fill(said.archive, said.releases)
    print(json.dumps(measure(said.archive, said.rounds), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
