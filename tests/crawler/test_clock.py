"""A clock that jumps between two runs puts no text before an older one, stops nothing, and is told of."""

from contextlib import closing
from datetime import timedelta

import pytest
from conftest import START, House, source
from portal import LIST, Answer, Portal, publish

from pipeline.run import build

TEXTS = "SELECT text FROM versions WHERE text LIKE 'Stand%' ORDER BY number"
OPEN = "SELECT kind FROM issues WHERE closed_at IS NULL AND kind = 'clock'"


def told(house: House, portal: Portal, at: int, days: int) -> str:
    """Crawl and build on a day, after the portal changed the text of a release; the verdict."""
    text = f"<h1>Fördermittel für Gemeinde Nummer 2</h1><p>Stand {at}: das Land gibt 2000 Euro.</p>"
    html = f"<html><body><main>{text}</main></body></html>"
    portal.pages[f"{LIST}/detailseite/2"] = Answer(html.encode())
    now = START + timedelta(days=days, hours=at)
    followed = source(portal.base)
    verdict = house.one(followed, now=now).verdict
    build(house.folder / "archive.db", house.folder / "warc", {followed.key: followed}, now)
    return verdict


@pytest.mark.parametrize(
    "days", [(0, -30), (0, -400), (0, 365, 1)], ids=["a month", "a year", "ahead and back"]
)
def test_texts_keep_their_order_and_the_clock_is_told_of(
    house: House, portal: Portal, days: tuple[int, ...]
) -> None:
    publish(portal, 2)
    for at, day in enumerate(days):
        with closing(house.db.conn) as connection:
            connection.execute("DELETE FROM entries")  # so that every page is fetched again
        assert told(house, portal, at, day) in ("ok", "unchanged", "overdue")
    texts = house.column(TEXTS)
    assert texts == sorted(texts)
    assert len(texts) == len(days)
    assert house.column(OPEN) == ["clock"]
    told(house, portal, len(days), max(days) + 1)
    assert house.column(OPEN) == []
    house.check()


def test_a_clock_that_goes_on_is_nothing_to_tell(house: House, portal: Portal) -> None:
    publish(portal, 2)
    for at in range(2):
        told(house, portal, at, at)
    assert house.column(OPEN) == []
