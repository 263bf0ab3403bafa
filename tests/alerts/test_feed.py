"""A feed tells new, changed and removed apart, under ids that stay, and names what is broken."""

from contextlib import closing
from datetime import timedelta

from alerts.links import Links
from archive import search_terms
from archive.selection import asked
from archive.store import open_archive, writing
from pipeline.compare import rows
from pipeline.search import sets
from serve.feed import Feed, feed
from tests.alerts.house import SITE, House


def fed(house: House, search: dict[str, str]) -> Feed:
    with closing(open_archive(house.archive)) as db:
        rows.compare_new(db, workers=1)
        with writing(db):
            sets.write(db)
        search_terms.register(db.conn)
        return feed(db.conn, asked(search), Links(SITE, ""), house.now)


def test_each_event_is_an_entry_of_its_own_and_keeps_its_id(house: House) -> None:
    house.show("a", "Nach dem Hochwasser zahlt das Land zwei Millionen Euro.")
    house.show("b", "Das Hochwasser ist vorbei.")
    house.show("c", "Ein Kindergarten.")
    house.wait(hours=5)
    house.show("a", "Nach dem Hochwasser zahlt das Land drei Millionen Euro.")
    for _ in range(2):
        house.wait(days=1)
        house.gone("b")
    house.run("bund-umwelt", "blocked")
    house.build()
    told = fed(house, {"q": "Hochwasser"})
    assert [(entry.said.event.kind, entry.updated) for entry in told.entries] == [
        ("removed", "2026-03-04T13:00:00Z"),
        ("changed", "2026-03-02T13:00:00Z"),
        ("new", "2026-03-02T08:00:00Z"),
        ("new", "2026-03-02T08:00:00Z"),
    ]
    removed, changed, *_ = told.entries
    assert removed.said.absence is not None
    assert [(turn.before, turn.after) for turn in changed.said.turns] == [("zwei", "drei")]
    assert [source.key for source in told.broken] == ["bund-umwelt"]
    assert told.updated == "2026-03-04T13:00:00Z"
    house.build(anew=True)
    assert [entry.id for entry in fed(house, {"q": "Hochwasser"}).entries] == [e.id for e in told.entries]
    assert len({entry.id for entry in told.entries}) == 4
    assert fed(house, {"q": "Hochwasser", "quelle": "th-arbeit"}).broken == []


def test_what_is_long_past_is_no_entry(house: House) -> None:
    house.show("a", "Das Hochwasser kommt.")
    house.wait(hours=5)
    house.show("a", "Das Hochwasser geht.")
    house.build()
    house.now += timedelta(days=120)
    assert [entry.said.event.kind for entry in fed(house, {"q": "Hochwasser"}).entries] == ["new"]
