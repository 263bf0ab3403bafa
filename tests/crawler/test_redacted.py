"""What was redacted does not come back with the next crawl, and its going is no fault of the portal."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import START, House
from portal import LIST, ROW, Answer, Portal

from archive.redaction.proof import remains
from archive.redaction.words import sought
from archive.source import Expect, Listing, Seed, Source
from pipeline.redact import Asked, redact
from pipeline.run import build
from pipeline.verify import verify

MakeSource = Callable[..., Source]
NAME = "Erna Beispiel"
FILLING = "<!-- as large as a page is -->" * 100
RELEASES = {
    "1-strasse": ("Neue Umgehungsstraße für Gotha", "Die Bürgerinitiative um Erna Beispiel hatte gefragt."),
    "2-erna-beispiel-geht": (
        "Erna Beispiel geht in den Ruhestand",
        "Nach vierzig Jahren geht Erna Beispiel.",
    ),
    "3-schule": ("Fördermittel für die Schule in Artern", "Der Landkreis erhält 5.000 Euro."),
}
NEW = {"4-bad": ("Das Freibad in Sömmerda wird saniert", "Auch ERNA BEISPIEL freut sich.")}
PACKED = {"Content-Encoding": "gzip"}


def show(portal: Portal, releases: dict[str, tuple[str, str]], **headers: str) -> None:
    """A list with a feed beside it, and the pages of the releases; newest first."""
    rows = [
        {"title": title, "day": "01.02.2026", "lead": lead, "href": f"{LIST}/detailseite/{slug}"}
        for slug, (title, lead) in reversed(releases.items())
    ]
    listed = "".join(ROW.format(**row) for row in rows)
    portal.pages[LIST] = page(f"<h1>Medien</h1><ul>{listed}</ul>", **headers)
    items = "".join(
        f"<item><title>{row['title']}</title><link>{portal.base}{row['href']}</link></item>" for row in rows
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    portal.pages["/feed.xml"] = Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"})
    for row in rows:
        portal.pages[row["href"]] = page(
            f"<h1>{row['title']}</h1><p>{row['lead']} {row['title']}.</p>", **headers
        )


def page(text: str, **headers: str) -> Answer:
    body = f"<html><body><main>{text}</main>{FILLING}</body></html>".encode()
    return Answer(gzip.compress(body) if "Content-Encoding" in headers else body, headers=headers)


class Archive:
    """An archive of the portal above that is crawled, built, redacted and proved."""

    def __init__(self, house: House, source: Source) -> None:
        self.house, self.source = house, source
        self.archive, self.warc = house.folder / "archive.db", house.folder / "warc"

    def crawl(self, **options: Any) -> tuple[str, str | None]:
        result = self.house.one(self.source, **options)
        build(self.archive, self.warc, {self.source.key: self.source}, START)
        return result.verdict, result.reason

    def redact(self, **said: Any) -> None:
        asked = Asked(reason="auf Wunsch", author="E. Muster", **said)
        redact(self.archive, self.warc, {self.source.key: self.source}, asked, START)

    def prove(self, *phrases: str) -> None:
        """Nothing of it is left, and everything else agrees."""
        assert list(remains(self.archive, self.warc, sought(phrases))) == []
        self.house.check()
        db = self.house.db
        assert [f"{f.part} {f.subject} {f.message}" for f in verify(db, self.warc)] == []
        db.close()


@pytest.fixture
def kept(portal: Portal, house: House, make_source: MakeSource) -> Archive:
    show(portal, RELEASES)
    seeds = (Seed(url=portal.base + LIST), Seed(url=f"{portal.base}/feed.xml", role="feed"))
    listing = Listing(detail_pattern=r"/detailseite/\d+-[a-z-]+$", lead=("p",))
    archive = Archive(house, make_source(seeds=seeds, listing=listing, expect=Expect(rows=6)))
    archive.crawl()
    return archive


@pytest.mark.parametrize("headers", [{}, PACKED], ids=["plain", "packed"])
def test_a_name_stays_out_when_the_portal_shows_it_again(
    kept: Archive, portal: Portal, headers: dict[str, str]
) -> None:
    kept.redact(kind="name", phrases=(NAME,))
    assert kept.house.one(kept.source).verdict == "unchanged"
    moved = {"5-umzug": ("Das Amt für Straßenbau zieht nach Suhl um", "Ab März.")}
    show(portal, RELEASES | NEW | moved, **headers)
    gone = f"{LIST}/detailseite/2-erna-beispiel-geht"
    portal.pages[f"{LIST}/detailseite/5-umzug"] = Answer(
        status=301, headers={"Location": gone, "X-Contact": NAME}
    )
    mark = len(portal.log)
    assert kept.crawl(now=START + timedelta(days=40)) == ("ok", None)
    kept.prove(NAME)
    asked = [path.rpartition("/")[2] for path in portal.paths()[mark:] if "detailseite" in path]
    assert sorted(asked) == ["1-strasse", "3-schule", "4-bad", "5-umzug"]
    titles = [
        RELEASES["1-strasse"][0],
        "[entfernt] geht in den Ruhestand",
        RELEASES["3-schule"][0],
        NEW["4-bad"][0],
    ]
    assert kept.house.column("SELECT title FROM releases ORDER BY title") == sorted(titles)
    assert kept.house.column("SELECT count(*) FROM versions") == [4]
    assert kept.house.column(
        "SELECT count(*) FROM entries WHERE instr(url, 'erna') OR instr(url, '5Bent')"
    ) == [0]
    assert kept.house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == []


def test_an_unchanged_page_is_a_revisit_of_what_was_rewritten(kept: Archive, portal: Portal) -> None:
    kept.redact(kind="name", phrases=(NAME,))
    for path, shown in portal.pages.items():
        assert isinstance(shown, Answer)
        portal.pages[path] = Answer(shown.body, shown.status, shown.headers)  # no validators
    assert kept.house.one(kept.source, now=START + timedelta(days=40)).verdict == "unchanged"
    kept.prove(NAME)
    types = "SELECT DISTINCT record_type FROM captures WHERE run_id = ? AND role <> 'robots'"
    [run] = kept.house.column("SELECT max(run_id) FROM captures")
    assert kept.house.column(types, run) == ["revisit"]


def test_a_release_that_was_taken_out_is_not_asked_for_again(
    kept: Archive, portal: Portal, make_source: MakeSource
) -> None:
    title, lead = RELEASES["1-strasse"]
    [release] = kept.house.column("SELECT id FROM releases WHERE title = ?", title)
    kept.redact(kind="release", release=release)
    show(portal, RELEASES | NEW)
    mark = len(portal.log)
    assert kept.crawl() == ("ok", None)
    kept.prove(title, lead)
    for path in kept.house.folder.glob("archive.db*"):
        path.unlink()
    assert kept.crawl()[0] in ("ok", "unchanged")  # the rows come from the evidence, and this one stays out
    kept.prove(title, lead)
    assert kept.house.column("SELECT count(*) FROM entries") == [3]
    assert f"{LIST}/detailseite/1-strasse" not in portal.paths()[mark:]


def test_what_was_redacted_from_one_source_comes_in_from_another(
    kept: Archive, portal: Portal, make_source: MakeSource
) -> None:
    kept.redact(kind="name", phrases=(NAME,), source=kept.source.key)
    other = make_source(key="xx-other", listing=kept.source.listing)
    assert kept.house.one(other).verdict == "ok"
    said = "SELECT title FROM entries WHERE source_key = 'xx-other' AND instr(url, 'erna')"
    assert kept.house.column(said) == [RELEASES["2-erna-beispiel-geht"][0]]
