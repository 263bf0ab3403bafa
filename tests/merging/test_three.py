"""Three archives that overlap, with moves, files and decisions, become one in any order and grouping."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from archive import corrections
from archive.redaction import decisions
from archive.redaction.proof import remains
from archive.redaction.words import sought
from archive.schema import MIGRATIONS
from archive.store import open_archive
from benchmarks.merges import OF_MOMENT, OF_PLACE
from demo.portals.pdf import pdf
from tests.merging.machines import TEXTS, Machine, Visit, address, crawled, machine, moment
from tests.merging.test_hostile import older
from tests.pipeline.small import Small, page

NAME = "Erna Beispiel"
SAYS = (
    *TEXTS,
    f"Die Bürgerinitiative um {NAME} hatte gefragt. Die Straße in Weimar kostet 2,3 Millionen Euro.",
)
ACTS = ("visit", "visit", "gone", "file", "move", "decide", "build")
OF_ONE = ("release_sets", "release_set_blocks")  # bitmaps over numbers of rows, which depend on the order
OF_DECISIONS = ("captures", "parsed_captures", "redactions", "redacted_releases")
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.sampled_from(SAYS)), max_size=5)


@dataclass
class World:
    """Hours pass in it, the same for all of its machines."""

    hours: "count[int]"

    def act(self, at: Machine, said: list[tuple[str, int, str]]) -> None:
        for what, number, text in said:
            if what in ("visit", "gone"):
                at.crawl(Visit(next(self.hours), number, None if what == "gone" else text))
            elif what == "build":
                at.build()
            elif what == "decide":
                _decide(at, number)
            else:
                self._capture(at, what, number, text)

    def _capture(self, at: Machine, what: str, number: int, text: str) -> None:
        with closing(open_archive(at.home.archive)) as db:
            small = Small(at.home.folder, db, moment(next(self.hours) - 1))  # each capture an hour later
            if what == "move":
                new = f"https://test.example/neu/meldung-{number}"
                small.capture(new, page(f"Meldung {number}", text), asked=address(number))
                return
            next(self.hours)
            link = f"https://test.example/liste-{number}.pdf"
            anchor = f"Siehe die Liste.</p><p><a href='{link}'>Liste (PDF)</a></p><p>Ende."
            small.capture(address(5), page("Meldung 5", anchor))
            small.capture(link, pdf("Liste", [text]), role="attachment", media_type="application/pdf")


def _decide(at: Machine, number: int) -> None:
    at.build()
    releases = sorted(str(row[0]) for row in at.rows("SELECT id FROM releases"))
    if releases:
        said = {"release": releases[number % len(releases)], "value": {"published_on": "2026-02-01"}}
        new = corrections.decided("date", "E. Muster", f"Grund {number}", date(2026, 3, number + 1), **said)
        known = corrections.read(at.home.corrections).all
        corrections.write(at.home.corrections, {c.id: c for c in (*known, new)}.values())


def stands(at: Machine, leave_out: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table but numbers of rows, and what people decided."""
    at.build()
    assert at.faults() == []
    with closing(open_archive(at.home.archive)) as db:
        names = {
            table.name: [c.name for c in table.columns if c.name not in (*OF_PLACE, "amount_id")]
            for table in db.tables
            if "_fts" not in table.name and table.name not in (*OF_MOMENT, *OF_ONE, *leave_out)
        }
        found = {
            name: sorted(
                map(repr, db.execute(f"SELECT {', '.join(map(_quoted, kept))} FROM {name}").fetchall())
            )
            for name, kept in names.items()
            if kept
        }
    found["runs"] = [row for row in found["runs"] if "'build'" not in row]
    found["corrections.toml"] = sorted(map(repr, corrections.read(at.home.corrections).all))
    found["decisions"] = sorted(r.id for r in decisions.read(at.home.warc))
    return found


def _quoted(name: str) -> str:
    return f'"{name}"'


def together(folder: Path, three: list[Machine]) -> list[Machine]:
    """All ways to bring them together: at once, in turns, some of them before, and into one of them."""
    one, two, last = three
    ways = [machine(folder / f"way-{number}") for number in range(3)]
    ways[0].take(one, two, last)
    ways[1].take(last)
    ways[1].build()
    ways[1].take(two)
    ways[1].take(one, two)
    pair = last.copy("pair")
    pair.take(two)
    ways[2].take(pair)
    ways[2].take(one)
    into = one.copy("into-one")
    into.take(last, two)
    return [*ways, into]


@settings(max_examples=3, deadline=None)
@given(acts, acts, acts, acts, st.booleans(), st.booleans())
def test_every_table_is_the_same_in_any_order_and_grouping(
    shared: list[tuple[str, int, str]],
    first: list[tuple[str, int, str]],
    second: list[tuple[str, int, str]],
    third: list[tuple[str, int, str]],
    is_old: bool,
    is_redacted: bool,
) -> None:
    with TemporaryDirectory() as name:
        world, folder = World(count(2)), Path(name)
        base = crawled(folder / "base", Visit(1, 1, SAYS[-1]))
        world.act(base, shared)
        three = [base.copy(str(number)) for number in range(3)]
        for each, said in zip(three, (first, second, third), strict=True):
            world.act(each, said)
        if is_redacted:
            three[1].build()
            three[1].redact(kind="name", phrases=(NAME,))
        if is_old:
            older(three[2], MIGRATIONS[-1])
        ways = together(folder, three)
        found = [stands(way, OF_DECISIONS if is_redacted else ()) for way in ways]
        assert found[1:] == [found[0]] * 3
        if is_redacted:
            assert [list(remains(w.home.archive, w.home.warc, sought([NAME]))) for w in ways] == [[]] * 4
