"""A portal that breaks gets the right verdict in the next run; one that changes or rests keeps a good one."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import House, source
from portal import LIST, Answer, Portal

from archive.source import Expect, Listing, Seed, Source
from benchmarks.silence import false_alarms, named_share, watch_all

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LISTING = Listing(rows=("article.row",), title=("h3",), day=("time",), detail_pattern="/presse/m/")
FEED = "/feed.xml"
NEW = "/presse/m/2026/"


@dataclass(frozen=True)
class Row:
    number: int
    style: str = "row"
    title: str = "Fördermittel für die Gemeinde"
    days_ago: int | None = None

    def html(self, day_format: str, folder: str) -> str:
        day = NOW - DAY * (2 * self.number if self.days_ago is None else self.days_ago)
        return (
            f"<article class='{self.style}'><h3>{self.title}</h3><time>{day.strftime(day_format)}</time>"
            f"<p>Das Land gibt {self.number}000 Euro für Wege, Brücken und ein Haus der Vereine.</p>"
            f"<a href='{folder}{self.number}'>mehr</a></article>"
        )


ROWS = tuple(Row(n, title=f"Fördermittel für Gemeinde Nummer {n}") for n in range(1, 11))


def list_page(
    rows: tuple[Row, ...] = ROWS, *, said: str = "", form: str = "%d.%m.%Y", at: str = "/presse/m/"
) -> Answer:
    """The first page of a list in its usual frame."""
    body = "".join(row.html(form, at) for row in rows)
    frame = "<p>Rahmen der Seite</p>" * 60
    html = f"<html><body>{frame}<main><h1>Presse</h1>{said}{body}</main></body></html>"
    return Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed_page() -> Answer:
    items = "".join(
        f"<item><title>{row.title}</title><link>/presse/m/{row.number}</link></item>" for row in ROWS
    )
    return Answer(f"<rss><channel>{items}</channel></rss>".encode(), headers={"Content-Type": "text/xml"})


def redirect(portal: Portal) -> Answer:
    portal.pages["/"] = list_page(ROWS[:3])
    return Answer(status=302, headers={"Location": "/"})


def relaunched(portal: Portal) -> Answer:
    """Nothing of the old portal is left, its list greets."""
    for row in ROWS:
        del portal.pages[f"/presse/m/{row.number}"]
    return list_page((), said="<p>Willkommen auf unserem neuen Portal</p>")


def half_moved(portal: Portal) -> Answer:
    for row in ROWS:
        portal.pages[f"/presse/m/{row.number}"] = Answer(status=301, headers={"Location": "/neu"})
    portal.pages["/neu"] = Answer(b"<h1>Neu</h1>")
    return list_page(tuple(replace(row, title=f"Ganz neue Mitteilung {row.number}") for row in ROWS), at=NEW)


def every_second(change: Callable[[Row], Row]) -> tuple[Row, ...]:
    return tuple(change(row) if row.number % 2 else row for row in ROWS)


CASES: dict[str, tuple[Callable[[Portal], Answer], str]] = {
    "a class is renamed": (
        lambda _: list_page(tuple(replace(row, style="teaser") for row in ROWS)),
        "layout_changed",
    ),
    "a relaunch brings new classes and addresses": (
        lambda _: list_page(tuple(replace(row, style="teaser") for row in ROWS), at="/neu/"),
        "layout_changed",
    ),
    "a relaunch keeps the classes and changes the addresses": (lambda _: list_page(at=NEW), "layout_changed"),
    "a relaunch takes the old releases away": (relaunched, "layout_changed"),
    "a relaunch brings new releases and redirects the old": (half_moved, "layout_changed"),
    "a smaller page has new classes and addresses": (
        lambda _: Answer(
            list_page(tuple(replace(row, style="teaser") for row in ROWS), at="/neu/").body[1300:]
        ),
        "layout_changed",
    ),
    "a captcha stands in the way": (
        lambda _: Answer(b"<title>Are you human?</title><div class='g-recaptcha'></div>"),
        "blocked",
    ),
    "the list says that it is empty": (
        lambda _: list_page((), said="<p>Es wurden keine Einträge gefunden.</p>"),
        "failed",
    ),
    "the list is empty": (lambda _: list_page(()), "failed"),
    "every second row has another class": (
        lambda _: list_page(every_second(lambda row: replace(row, style="wide"))),
        "layout_changed",
    ),
    "every second row is missing": (lambda _: list_page(ROWS[::2]), "partial"),
    "the list redirects to the home page": (redirect, "unreachable"),
    "the server answers 503": (lambda _: Answer(b"later", 503), "unreachable"),
    "all days are a year ahead": (
        lambda _: list_page(tuple(replace(row, days_ago=2 * row.number - 365) for row in ROWS)),
        "layout_changed",
    ),
    "the month stands before the day": (lambda _: list_page(form="%m.%d.%Y"), "layout_changed"),
    "no row shows a day": (lambda _: list_page(form="neu"), "layout_changed"),
    "all titles are the same": (
        lambda _: list_page(tuple(replace(row, title="Pressemitteilung") for row in ROWS)),
        "layout_changed",
    ),
    "nothing happens": (lambda _: list_page(), "unchanged"),
    "something new comes": (lambda _: list_page((Row(0, days_ago=1), *ROWS[:9])), "ok"),
    "the list is in another order": (lambda _: list_page(ROWS[::-1]), "quiet"),
    "an old release is pinned": (
        lambda _: list_page((replace(ROWS[9], days_ago=900), *ROWS[:9])),
        "quiet",
    ),
    "the frame has a new design": (lambda _: list_page(said="<p>Neu: jetzt mit Suche</p>" * 40), "quiet"),
    "two titles are mended": (
        lambda _: list_page((replace(ROWS[0], title="Neu"), replace(ROWS[1], title="Neuer"), *ROWS[2:])),
        "quiet",
    ),
    "one day is far ahead": (lambda _: list_page((replace(ROWS[0], days_ago=-300), *ROWS[1:])), "quiet"),
}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, House, Source]]:
    """A portal, and an archive of three nights without trouble."""
    house = House(tmp_path_factory.mktemp("silence"))
    with Portal() as portal:
        portal.pages |= {f"/presse/m/{row.number}": Answer(b"<h1>Titel</h1>") for row in (*ROWS, Row(0))}
        portal.pages[LIST] = list_page()
        whole = source(portal.base, listing=LISTING)
        for night in range(3):
            house.one(whole, now=NOW + night * DAY)
        yield portal, house, whole


@pytest.mark.parametrize("case", CASES)
def test_a_change_gets_its_verdict_in_the_next_run(
    watched: tuple[Portal, House, Source], tmp_path: Path, case: str
) -> None:
    portal, house, whole = watched
    change, expected = CASES[case]
    shutil.copytree(house.folder, tmp_path, dirs_exist_ok=True)
    pages = dict(portal.pages)
    portal.pages[LIST] = change(portal)
    result = House(tmp_path).one(whole, now=NOW + 3 * DAY)
    portal.pages.clear()
    portal.pages |= pages
    assert result.verdict == expected, result.reason
    assert ("relaunch" in (result.reason or "")) == ("relaunch" in case or "smaller page" in case)


SECOND = "/presse/reden"
OTHERS = tuple(Row(n, title=f"Rede Nummer {n} des Ministers im Landtag") for n in range(51, 57))


@pytest.fixture(scope="module")
def watched_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, House, Source]]:
    """A portal with two lists, and an archive of three nights without trouble."""
    house = House(tmp_path_factory.mktemp("two"))
    with Portal() as portal:
        portal.pages |= {f"/presse/m/{row.number}": Answer(b"<h1>Titel</h1>") for row in (*ROWS, *OTHERS)}
        portal.pages |= {LIST: list_page(), SECOND: list_page(OTHERS)}
        both = source(
            portal.base, listing=LISTING, seeds=tuple(Seed(url=portal.base + path) for path in (LIST, SECOND))
        )
        for night in range(3):
            house.one(both, now=NOW + night * DAY)
        yield portal, house, both


@pytest.mark.parametrize(
    ("answer", "expected", "said"),
    [
        (list_page(OTHERS[::2]), "partial", "3 rows on the first page of"),
        (list_page(()), "partial", "0 rows on the first page of"),
        (list_page(tuple(replace(row, style="teaser") for row in OTHERS)), "layout_changed", "6 links"),
        (list_page(OTHERS), "unchanged", ""),
        (list_page(OTHERS[1:]), "quiet", ""),
    ],
)
def test_one_of_two_lists_is_judged_by_itself(
    watched_two: tuple[Portal, House, Source], tmp_path: Path, answer: Answer, expected: str, said: str
) -> None:
    portal, house, both = watched_two
    shutil.copytree(house.folder, tmp_path, dirs_exist_ok=True)
    portal.pages[SECOND] = answer
    result = House(tmp_path).one(both, now=NOW + 3 * DAY)
    assert (result.verdict, said in (result.reason or "")) == (expected, True), result.reason
    read = (
        8 if result.verdict in ("unchanged", "quiet") else 7
    )  # a list that lost rows was not read to its end
    assert House(tmp_path).column("SELECT count(*) FROM run_lists") == [read]


def test_a_list_that_stands_still_is_overdue_in_the_end(tmp_path: Path) -> None:
    house = House(tmp_path)
    with Portal() as portal:
        portal.pages[LIST] = list_page()
        still = source(portal.base, listing=LISTING, expect=Expect(days=30), status="active")
        verdicts = [house.one(still, now=NOW + days * DAY).verdict for days in (0, 60)]
    assert verdicts == ["ok", "overdue"]


def test_a_feed_that_became_a_page_has_another_layout(tmp_path: Path) -> None:
    house = House(tmp_path)
    with Portal() as portal:
        portal.pages[FEED] = feed_page()
        fed = source(portal.base, seeds=(Seed(url=portal.base + FEED, role="feed"),))
        house.one(fed)
        portal.pages[FEED] = list_page()
        assert house.one(fed).verdict == "layout_changed"


def test_faults_are_named_and_pauses_are_not_taken_for_faults() -> None:
    watched = watch_all(5, seed=3, faults_each=1, workers=1, nights=365)
    assert named_share(watched) >= 0.95
    assert false_alarms(watched) <= 1.0
