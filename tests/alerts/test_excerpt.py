"""What a search finds among events is what it finds in the archive."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from alerts import excerpt
from alerts.events import Event
from archive import search_terms
from archive.selection import Asked, asked, conditions
from archive.store import open_archive
from tests.serve import conftest as served

archive_file = served.archive_file
ALL = """
SELECT releases.rowid, 'new', releases.id, captures.record_id, releases.first_seen_at FROM releases
    JOIN versions ON versions.id = releases.version_id JOIN captures ON captures.id = versions.capture_id
"""
SEARCHES: list[dict[str, str]] = [
    {},
    *({"q": q} for q in ("weimar", "bescheid", '"ländlichen Raum"', "=ländliche", "Städte -Bau", "Städteb*")),
    *({"q": q} for q in ("Euro Schmölln", "titel:Straße", '"Haus Jugendarbeit"~5', "Kita ODER Kindergarten")),
    *({"q": q} for q in ("kreis:Kyffhäuserkreis", "ort:Artern", "minister:Muster", "betrag:>1000000")),
    *(
        {"q": q}
        for q in ("land:Bund", "art:Rede", "jahr:2018", "hat:anhang", "ist:geaendert", "-Euro weimar")
    ),
    *({"q": q} for q in ("amt:Landrätin", "von:Umwelt", "quelle:th-bau -Brücke", "12.000", "gibtesnicht")),
    *({"kreis": "16077"}, {"gemeinde": "16065002"}, {"person": "erna-muster"}, {"amt": "Landrätin"}),
    *({"betrag_von": "1000000", "betrag_bis": "3000000"}, {"land": "DE-TH", "art": "press_release"}),
    *(
        {"von": "2018-03-01", "bis": "2018-03-27"},
        {"verschwunden": "1"},
        {"anhang": "1"},
        {"foerderung": "1"},
    ),
    *({"geaendert": "1"}, {"quelle": "th-bau"}, {"herausgeber": "Bundesministerium für Umwelt und Klima"}),
]


@pytest.fixture(scope="module")
def taken(archive_file: Path) -> Iterator[Database]:
    """The archive with an excerpt of all its releases before it."""
    with closing(open_archive(archive_file)) as db:
        search_terms.register(db.conn)
        yield db


def found_in_archive(db: Database, what: Asked) -> set[int]:
    where, values = conditions(what)
    return {row for (row,) in db.conn.execute(f"SELECT rowid FROM releases WHERE {where}", values)}


@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_a_search_finds_the_same_among_events(taken: Database, search: dict[str, str]) -> None:
    what = asked(search)
    expected = found_in_archive(taken, what)
    excerpt.take(taken.conn, [Event(*row) for row in taken.execute(ALL).fetchall()])
    found = excerpt.matching(taken.conn, what)
    excerpt.leave(taken.conn)
    assert found == expected
    assert found_in_archive(taken, what) == expected
