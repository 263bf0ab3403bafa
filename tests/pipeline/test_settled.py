"""A build that looks at what is new alone says what one says that looks at everything."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from archive.clock import stamp
from archive.corrections import Corrections, decided
from archive.records import Entry
from archive.store import open_archive, writing
from crawler import entries
from pipeline import settled
from pipeline.run import build
from pipeline.write import Built
from tests.pipeline.small import NOW, SOURCE, Small, page, start

BASE = "https://test.example/presse/"
TEXTS = (
    "Der Landkreis Gotha erhält 440.000 Euro für drei neue Schulen. Die Ministerin übergab den Bescheid am "
    "Freitag in Gotha und dankte allen, die daran gearbeitet hatten, für ihre Geduld in den vielen Jahren.",
    "Die Stadt Weimar saniert mit 2,3 Millionen Euro vom Land ihre Brücke über die Ilm. Gebaut wird ab "
    "Mai; die Sperrung dauert bis in den Herbst, eine Umleitung über die nächste Brücke ist ausgeschildert.",
    "Zum Beginn des Schuljahres hat der Minister die neuen Lehrerinnen und Lehrer begrüßt. In Erfurt "
    "sprach er von einem guten Tag für das Land und kündigte an, dass im Herbst weitere Stellen "
    "ausgeschrieben werden.",
)
TITLES = ("Geld für Schulen", "Brücke in Weimar", "Schuljahr beginnt")
TABLES = (
    "releases release_addresses versions version_captures parsed_captures changes fact_changes presence "
    "moves text_sketches text_pairs text_groups text_group_members coverage mention_months co_mentions "
    "grant_stories grant_months counted_releases grant_tellings"
).split()
Step = Callable[[Small], object]


def tables(small: Small) -> dict[str, list[tuple[object, ...]]]:
    gaps = "SELECT source_key, year, kind, subject, missing, after_on, before_on, reason FROM coverage_gaps"
    found = {name: small.rows(f"SELECT * FROM {name}") for name in TABLES} | {"gaps": small.rows(gaps)}
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def everything(small: Small, *, rebuild: bool) -> Small:
    """A copy of which a build looked at everything."""
    copy, book = small.folder / "copy.db", books[small.folder]
    copy.unlink(missing_ok=True)
    small.db.execute("VACUUM INTO ?", (str(copy),))
    with closing(open_archive(copy).conn) as connection:
        connection.execute("DELETE FROM archive_state WHERE key = ?", (settled.KEY,))
    build(copy, small.warc, {SOURCE.key: SOURCE}, small.moment, rebuild=rebuild, corrections=book)
    return replace(small, db=open_archive(copy))


def shown(at: int, what: int, amended: bool, asked: int | None, days: int) -> Step:
    """A page that shows a release, perhaps amended, perhaps led to from another address."""

    def step(small: Small) -> None:
        text = TEXTS[what] + (" Das wurde am Montag ergänzt: Es sind 3 Schulen." if amended else "")
        small.moment += timedelta(days=days)
        here = f"{BASE}{at}"
        small.capture(here, page(TITLES[what], text), asked=here if asked is None else f"{BASE}{asked}")

    return step


def refused(at: int, status: int, days: int) -> Step:
    def step(small: Small) -> None:
        small.moment += timedelta(days=days)
        small.capture(f"{BASE}{at}", b"<title>Nicht gefunden</title>", status=status)

    return step


def listed(at: int, day: date | None, number: int | None) -> Step:
    """A list that promises a page."""

    def step(small: Small) -> None:
        list_ = small.capture("https://test.example/presse", b"<ul></ul>", role="listing")
        said = Entry(
            source_key=SOURCE.key,
            url=f"{BASE}{at}",
            listed_on=day.isoformat() if day else None,
            number=f"{number}/2026" if number else None,
        )
        with writing(small.db):
            entries.note(
                small.db, [said], "listing", list_.id, stamp(small.moment), authoritative=day is not None
            )

    return step


def judged(verdict: str | None) -> Step:
    """A run that the captures so far belong to, with its verdict; None where it goes on."""

    def step(small: Small) -> None:
        ended = stamp(small.moment) if verdict else None
        run = small.db.execute(
            "INSERT INTO runs (kind, source_key, started_at) VALUES ('crawl', ?, ?)",
            (SOURCE.key, stamp(small.moment)),
        ).lastrowid
        small.db.execute("UPDATE captures SET run_id = ? WHERE run_id IS NULL", (run,))
        small.db.execute("UPDATE runs SET ended_at = ?, verdict = ? WHERE id = ?", (ended, verdict, run))

    return step


def ended(verdict: str) -> Step:
    """All runs are over by now, and were like this."""
    return lambda small: small.db.execute(
        "UPDATE runs SET ended_at = coalesce(ended_at, ?), verdict = ? WHERE kind = 'crawl'",
        (stamp(small.moment), verdict),
    )


def unknown(small: Small) -> None:
    """A build that does not know the source."""
    build(small.archive, small.warc, {}, small.moment, corrections=books[small.folder])


def late(at: int, what: int) -> Step:
    """A page of years ago, imported today."""

    def step(small: Small) -> None:
        today, small.moment = small.moment, NOW - timedelta(days=700 - at)
        small.capture(f"{BASE}{at}", page(TITLES[what], TEXTS[what]))
        small.moment = today

    return step


def decide(what: int) -> Step:
    """Somebody decides on the day of a release."""

    def step(small: Small) -> None:
        found = small.rows("SELECT id FROM releases WHERE title = ? ORDER BY id LIMIT 1", TITLES[what])
        books[small.folder] = Corrections(
            tuple(
                decided(
                    "date", "Erna Muster", "nachgesehen", date(2026, 3, 2), release=key,
                    value={"published_on": "2025-11-03"},
                )
                for (key,) in found
            ),
            has_file=True,
        )  # fmt: skip

    return step


books: dict[Path, Corrections] = {}
ADDRESSES, RELEASES, DAYS = st.integers(1, 5), st.integers(0, 2), st.sampled_from((0, 1, 9, 40))
# A page that leads elsewhere may show that a move was none which a build told before: it stays told until all
# is read anew.
PAGES: st.SearchStrategy[Step] = st.one_of(
    st.builds(shown, ADDRESSES, RELEASES, st.booleans(), st.none(), DAYS),
    st.builds(refused, ADDRESSES, st.sampled_from((404, 410, 503)), DAYS),
    st.builds(judged, st.sampled_from((None, "ok", "unreachable"))),
    st.builds(ended, st.sampled_from(("ok", "blocked"))),
)
STEPS: st.SearchStrategy[Step] = st.one_of(
    PAGES,
    st.builds(shown, ADDRESSES, RELEASES, st.booleans(), st.none() | ADDRESSES, DAYS),
    st.builds(listed, ADDRESSES, st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 9)),
    st.builds(late, ADDRESSES, RELEASES),
    st.builds(decide, RELEASES),
    st.just(unknown),
)
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # each example builds some ten times


@settings(max_examples=20, deadline=None, phases=QUICK)
@given(st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=2, max_size=5))
def test_whatever_comes_in_whatever_order_looking_at_the_news_is_enough(rounds: list[list[Step]]) -> None:
    with TemporaryDirectory() as name:
        small = start(Path(name))
        for _ in built(small, rounds):
            whole = everything(small, rebuild=False)
            assert tables(whole) == tables(small)
            whole.db.close()
        small.db.close()


@settings(max_examples=8, deadline=None, phases=QUICK)
@given(st.lists(st.lists(PAGES, min_size=1, max_size=4), min_size=2, max_size=5))
def test_a_build_from_the_beginning_says_the_same(rounds: list[list[Step]]) -> None:
    with TemporaryDirectory() as name:
        small = start(Path(name))
        assert list(built(small, rounds))
        again = everything(small, rebuild=True)
        assert tables(again) == tables(small)
        again.db.close()
        small.db.close()


def built(small: Small, rounds: list[list[Step]]) -> Iterator[Built]:
    """A build after each round of steps."""
    books[small.folder] = Corrections((), has_file=True)
    for steps in rounds:
        for step in steps:
            step(small)
        yield small.build(corrections=books[small.folder])
