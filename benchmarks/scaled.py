"""An archive of any size, written by SQL: sentences of the invented releases among words as rare as in life.

A third of the sentences come from the invented releases; the others are rows of dictionary words drawn by
Zipf's law, so that common words stand in a third of all texts and most words in a handful.
"""

import random
import sys
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY
from sqlite_utils import Database

from archive.german import LANDS
from archive.people import people
from archive.search_terms import compound_parts, index_terms
from archive.store import open_archive, writing
from archive.territory import districts, municipalities
from benchmarks import site
from pipeline import reference_rows
from pipeline.search import index, sets

BATCH = 5000
FIRST_DAY, DAYS = date(2006, 1, 1), 7300
VOCABULARY = 60_000
SENTENCES = 40_000  # of dictionary words; each stands in many releases
KINDS = ("press_release",) * 14 + ("media_invitation", "statement", "date_notice", "speech", "joint_release")
OFFICES = ("Landrätin", "Landrat", "Oberbürgermeister", "Oberbürgermeisterin", "Bürgermeister")
SEEN = "2026-03-01T08:00:00Z"
HEAD = (0.9, "rule:bench")


def fill(path: Path, count: int, seed: int = 7, sentences: int = SENTENCES) -> Database:
    """An archive of so many releases, with mentions, versions, attachments and the search index."""
    dice = random.Random(seed)
    db = open_archive(path)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA foreign_keys = OFF")
    with writing(db):
        reference_rows.sync(db)
        index.follow_rules(db)
        _sources(db)
    pool = _Pool(dice, sentences)
    for start in range(0, count, BATCH):
        with writing(db):
            _write(db, [pool.release(n) for n in range(start, min(start + BATCH, count))])
    with writing(db):
        sets.write(db)
        db.execute("INSERT INTO releases_fts (releases_fts) VALUES ('optimize')")
        db.execute("ANALYZE")
    return db


class _Pool:
    """Sentences with their terms, drawn again and again."""

    def __init__(self, dice: random.Random, sentences: int = SENTENCES) -> None:
        self.dice = dice
        texts = dict.fromkeys(release.text for _, release in site.releases(360))
        self.told = [_read(line) for text in texts for line in text.split("\n") if len(line) > 40]
        self.titles = [_read(title) for title in dict.fromkeys(r.title for _, r in site.releases(360))]
        words, weights = vocabulary()
        self.plain = [_read(_sentence(dice, words, weights)) for _ in range(sentences)]
        self.districts = [d for d in districts() if not d.valid_to]
        towns = sorted((m for m in municipalities() if m.last_year == 9999), key=lambda m: -m.population)
        self.towns, self.town_weights = towns, list(accumulate(1 / n for n in range(1, len(towns) + 1)))
        self.people = [p.person_id for p in people()][:1500]

    def town(self) -> tuple[str, str, str]:
        at = bisect(self.town_weights, self.dice.random() * self.town_weights[-1])
        return self.towns[at].ags, self.towns[at].name, self.towns[at].district

    def release(self, number: int) -> dict[str, object]:
        dice = self.dice
        towns = [self.town() for _ in range(dice.choice((0, 1, 1, 2, 3)))]
        told = [dice.choice(self.told) for _ in range(4)] + [dice.choice(self.plain) for _ in range(9)]
        told += [_read(f"Das Geld geht nach {name}.") for _, name, _ in towns]
        dice.shuffle(told)
        title = dice.choice(self.titles)
        return {
            "number": number + 1,
            "title": title,
            "told": told,
            "towns": towns,
            "districts": dice.sample(self.districts, dice.choice((0, 0, 1, 1, 2))),
            "people": dice.sample(self.people, dice.choice((0, 1, 1, 2))),
            "office": dice.choice(OFFICES) if dice.random() < 0.3 else None,
            "amounts": [round(10 ** dice.uniform(3, 8), -2) for _ in range(dice.choice((0, 0, 1, 2, 3)))],
            "day": (FIRST_DAY + timedelta(int(DAYS * dice.random() ** 0.7))).isoformat(),
            "source": f"s{int(150 * dice.random() ** 1.5)}",
            "kind": dice.choice(KINDS),
            "versions": 2 if dice.random() < 0.03 else 1,
            "attached": dice.random() < 0.15,
            "missing": dice.random() < 0.01,
        }


_Sentence = tuple[str, str, str]  # as it reads, its terms, the parts of its compounds


@cache
def _read(text: str) -> _Sentence:
    return text, index_terms(text), compound_parts(text)


def vocabulary() -> tuple[list[str], list[float]]:
    """Nouns and verbs of the dictionary, and their weights by Zipf's law."""
    known = DEFAULT_DICTIONARY_FACTORY.get_dictionary("de")
    words = sorted({word for word in known if 4 < len(word) < 18 and word.isalpha()})
    random.Random(1).shuffle(words)
    words = words[:VOCABULARY]
    return words, list(accumulate(1 / (rank + 20) for rank in range(len(words))))


def _sentence(dice: random.Random, words: list[str], weights: list[float]) -> str:
    return " ".join(dice.choices(words, cum_weights=weights, k=16)).capitalize() + "."


def _sources(db: Database) -> None:
    lands = list(LANDS)
    for n in range(151):
        land = lands[n % len(lands)]
        db.execute("INSERT OR IGNORE INTO publishers VALUES (?, ?, ?)", (f"p{n}", f"Ministerium {n}", land))
        db.execute(
            "INSERT OR IGNORE INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
            "VALUES (?, ?, ?, ?, 'generic', 'demo', 'https://bench.example/')",
            (f"s{n}", f"Ministerium {n}", f"p{n}", land),
        )


def _write(db: Database, releases: list[dict[str, object]]) -> None:
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in _INSERTS}
    for release in releases:
        for name, row in _rows(release):
            rows[name].append(row)
    for name, sql in _INSERTS.items():
        db.conn.executemany(sql, rows[name])


_INSERTS = {
    "releases": """INSERT INTO releases (rowid, id, title, kind, published_on, source_key, publisher_id,
        publisher_name, jurisdiction, url, first_seen_at, last_seen_at, last_changed_at, version_id, versions,
        characters, amount_max) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
    "versions": "INSERT INTO versions VALUES (?, ?, 1, ?, ?, ?, ?, ?, 1)",
    "districts": """INSERT INTO district_mentions (release_id, "start", "end", surface, district_ags, name,
        form, published_on, confidence, rule) VALUES (?, 0, 1, ?, ?, ?, 'name', ?, ?, ?)""",
    "towns": """INSERT INTO municipality_mentions (release_id, "start", "end", surface, municipality_ags,
        name, district_ags, published_on, confidence, rule) VALUES (?, 0, 1, ?, ?, ?, ?, ?, ?, ?)""",
    "people": """INSERT INTO minister_mentions (release_id, "start", "end", surface, minister_id, name,
        role, office, published_on, confidence, rule) VALUES (?, 0, 1, ?, ?, ?, 'minister', ?, ?, ?, ?)""",
    "offices": """INSERT INTO person_mentions (release_id, "start", "end", surface, name, office,
        published_on, confidence, rule) VALUES (?, 0, 1, ?, ?, ?, ?, ?, ?)""",
    "amounts": """INSERT INTO amounts (id, release_id, "start", "end", surface, value_min, value_max,
        currency, qualifier, published_on, confidence, rule)
        VALUES (?, ?, 0, 1, '', ?, ?, 'EUR', 'exact', ?, ?, ?)""",
    "grants": """INSERT INTO grants (release_id, amount_id, value_min, value_max, currency, qualifier, status,
        published_on, "start", "end", sentence, confidence, rule)
        VALUES (?, ?, ?, ?, 'EUR', 'exact', 'given', ?, 0, 1, '', ?, ?)""",
    "attachments": "INSERT INTO attachments (release_id, url) VALUES (?, ?)",
    "presence": """INSERT INTO presence (release_id, source_key, state, url, first_url, last_seen_at,
        last_checked_at, last_outcome, missing_checks)
        VALUES (?, ?, 'missing', '', '', ?, ?, 'status_404', 5)""",
    "terms": "INSERT INTO releases_fts (rowid, title, text, parts) VALUES (?, ?, ?, ?)",
}


def _rows(release: dict[str, object]) -> Iterator[tuple[str, tuple[object, ...]]]:
    number, day, source = int(str(release["number"])), release["day"], str(release["source"])
    key = f"{source}-{number:x}"
    title: _Sentence = release["title"]  # type: ignore[assignment]
    told: list[_Sentence] = release["told"]  # type: ignore[assignment]
    amounts: list[float] = release["amounts"]  # type: ignore[assignment]
    text = "\n".join(sentence[0] for sentence in told)
    publisher, land = f"p{source[1:]}", list(LANDS)[int(source[1:]) % len(LANDS)]
    yield (
        "releases",
        (
            *(
                number,
                key,
                title[0],
                release["kind"],
                day,
                source,
                publisher,
                f"Ministerium {source[1:]}",
                land,
            ),
            *(
                f"https://bench.example/{number}",
                SEEN,
                SEEN,
                SEEN,
                f"{key}-1",
                release["versions"],
                len(text),
            ),
            max(amounts, default=None),
        ),
    )
    yield "versions", (f"{key}-1", key, title[0], text, str(number), SEEN, SEEN)
    for district in release["districts"]:  # type: ignore[attr-defined]
        yield "districts", (key, district.name, district.ags, district.name, day, *HEAD)
    for ags, name, around in release["towns"]:  # type: ignore[attr-defined]
        yield "towns", (key, name, ags, name, around, day, *HEAD)
    for person in release["people"]:  # type: ignore[attr-defined]
        yield "people", (key, person, person, person, "Minister", day, *HEAD)
    if release["office"]:
        yield "offices", (key, "x", "x", release["office"], day, *HEAD)
    for at, amount in enumerate(amounts):
        yield "amounts", (number * 4 + at, key, amount, amount, day, *HEAD)
    if amounts and number % 2:
        yield "grants", (key, number * 4, amounts[0], amounts[0], day, *HEAD)
    if release["attached"]:
        yield "attachments", (key, f"https://bench.example/{number}.pdf")
    if release["missing"]:
        yield "presence", (key, source, SEEN, SEEN)
    parts = dict.fromkeys(" ".join((title[2], *(sentence[2] for sentence in told))).split())
    yield "terms", (number, title[1], " ".join(sentence[1] for sentence in told), " ".join(parts))


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
