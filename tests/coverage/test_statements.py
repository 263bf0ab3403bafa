"""What a build says of each source and year: from numbers, lists and months, the same after a rebuild."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.store import writing
from pipeline.coverage import run
from tests.coverage.filled import Release, fill, start
from tests.pipeline import small
from tests.pipeline.small import page

COVERAGE = (
    "SELECT year, how_found, share, missing_numbers, statement FROM coverage WHERE source_key = ? ORDER BY 1"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Database]:
    db = start(tmp_path)
    yield db
    db.close()


def numbered(db: Database, key: str, numbers: dict[int, date], publisher: str = "") -> None:
    told = ((n, day, f"{n}/{day.year}") for n, day in numbers.items())
    fill(db, (Release(f"{key}-{n}-{day}", day, number, key, publisher or key) for n, day, number in told))


def listed(db: Database, key: str, url: str, day: str | None, number: str | None = None) -> None:
    db.execute(
        "INSERT INTO entries (source_key, url, listed_on, number, first_seen_at, last_seen_at) "
        "VALUES (?, ?, ?, ?, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')",
        (key, url, day, number),
    )


def said(db: Database, key: str) -> list[tuple[object, ...]]:
    with writing(db):
        run.write(db)
    return [tuple(row) for row in db.execute(COVERAGE, (key,)).fetchall()]


def a_year(count: int, year: int = 2024, without: tuple[int, ...] = ()) -> dict[int, date]:
    every = 360 / count
    days = {n: date(year, 1, 2) + timedelta(days=int((n - 1) * every)) for n in range(1, count + 1)}
    return {n: day for n, day in days.items() if n not in without}


def test_numbers_without_a_gap_and_with_some(archive: Database) -> None:
    numbered(archive, "th-umwelt", a_year(40))
    numbered(archive, "th-umwelt", a_year(40, 2025, without=(17, 21, 22)))
    assert said(archive, "th-umwelt") == [
        (2024, "numbers", 1.0, None, "Nummern 1–40 lückenlos"),
        (2025, "numbers", 0.925, "17, 21–22", "Nummern 1–40 lückenlos außer 17, 21–22"),
    ]
    gaps = archive.execute("SELECT subject, missing, after_on, before_on FROM coverage_gaps").fetchall()
    assert [tuple(gap) for gap in gaps] == [
        ("17", 1, "2025-05-17", "2025-06-04"),
        ("21–22", 2, "2025-06-22", "2025-07-19"),
    ]


def test_a_row_of_a_list_promises_a_number(archive: Database) -> None:
    numbered(archive, "th-umwelt", a_year(30))
    listed(archive, "th-umwelt", "https://th-umwelt.example/neu", "2024-12-30", "31/2024")
    [(_, how, _, missing, statement)] = said(archive, "th-umwelt")
    assert (how, missing) == ("numbers", "31")
    assert statement == "Nummern 1–31 lückenlos außer 31; 1 von 1 Listeneintrag ohne Abruf"


def test_lists_tell_where_numbers_do_not(archive: Database) -> None:
    fill(archive, [Release("a", date(2024, 3, 1))])
    for n in range(4):
        listed(archive, "th-umwelt", f"https://th-umwelt.example/{n}", "2024-03-01")
    archive.execute(
        "INSERT INTO release_addresses VALUES ('https://th-umwelt.example/0', 'th-umwelt', 'a', 'a')"
    )
    archive.execute(
        "UPDATE captures SET requested_url = 'https://th-umwelt.example/1', status = 404 WHERE id = 1"
    )
    assert said(archive, "th-umwelt") == [
        (2024, "lists", 0.25, None, "keine Nummern; 2 von 4 Listeneinträgen ohne Abruf; "
         "1 von 4 Listeneinträgen abgerufen, doch keine Mitteilung")
    ]  # fmt: skip
    kinds = archive.execute("SELECT kind, reason, count(*) FROM coverage_gaps GROUP BY 1, 2 ORDER BY 1")
    assert [tuple(k) for k in kinds.fetchall()] == [
        ("no_release", "status_404", 1),
        ("not_captured", None, 2),
    ]


def test_what_nothing_tells_of_is_said_to_be_unknown(archive: Database) -> None:
    fill(archive, [Release("a", date(2024, 3, 1))])
    assert said(archive, "th-umwelt") == [(2024, "nothing", None, None, "nicht feststellbar")]


def test_jumping_numbers_are_no_count(archive: Database) -> None:
    numbered(archive, "th-umwelt", {n * 7: day for n, day in a_year(40).items()})
    [(_, how, share, missing, statement)] = said(archive, "th-umwelt")
    assert (how, share, missing) == ("months", None, None)
    assert statement == "Nummern ohne feste Folge; kein Monat auffällig"


def test_sources_that_count_together_name_each_other(archive: Database) -> None:
    numbers = a_year(60)
    numbered(archive, "th-umwelt", {n: d for n, d in numbers.items() if n % 3 and n != 31}, "th-bau")
    numbered(archive, "th-bau", {n: d for n, d in numbers.items() if not n % 3})
    [(*_, statement)] = said(archive, "th-bau")
    assert statement == "Nummern 1–60 (gemeinsam gezählt mit th-umwelt) lückenlos außer 31"
    assert archive.execute("SELECT sum(numbers_missing) FROM coverage").fetchone()[0] == 1


def test_a_month_without_releases_is_named(archive: Database) -> None:
    days = (date(2023, 1, 1) + timedelta(days=n) for n in range(3 * 365))
    some = [day for day in days if day.weekday() < 5 and not (day.year == 2024 and day.month == 5)]
    fill(archive, (Release(str(day), day) for day in some))
    statements = {year: statement for year, *_, statement in said(archive, "th-umwelt")}
    assert statements[2023] == "keine Nummern; kein Monat auffällig"
    assert statements[2024].startswith("keine Nummern; auffällig wenig im Mai (0 statt etwa ")


def test_a_rebuild_says_the_same(tmp_path: Path) -> None:
    archive = small.start(tmp_path)
    for n in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13):
        text = f"Pressemitteilung Nr. {n:03}/2026"
        day = f"2026-01-{n + 5:02}"
        archive.capture(
            f"https://test.example/{n}", page(f"Mitteilung {n}", f"{text}\nEtwas geschah in Gera.", day)
        )
    archive.build()
    first = archive.rows("SELECT * FROM coverage") + archive.rows("SELECT * FROM coverage_gaps")
    assert "Nummern 1–13 lückenlos außer 3" in str(first)
    archive.build(rebuild=True)
    assert archive.rows("SELECT * FROM coverage") + archive.rows("SELECT * FROM coverage_gaps") == first
    archive.db.close()
