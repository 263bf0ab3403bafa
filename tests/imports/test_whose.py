"""Whose page an address was on a day, over all sources that ship."""

from datetime import date

import pytest

from archive.source import registry
from crawler.importing.whose import Owned, Owners

OWNERS = Owners(registry().values())
OLD = "http://www.thueringen.de"
DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("url", "day", "key", "role"),
    [
        (f"{OLD}/th7/tmasgff/aktuell/presse/109802/index.aspx", "2018-03-28", "th-tmasgff-old", "detail"),
        (f"{OLD}/th7/tmsfg/aktuell/presse/90001/index.aspx", "2015-03-01", "th-tmasgff-old", "detail"),
        (f"{OLD}/th7/tmasgff/aktuell/presse/index.aspx", "2018-03-28", "th-tmasgff-old", "listing"),
        (f"{OLD}/th7/tmasgff/aktuell/presse/", "2018-03-28", "th-tmasgff-old", "listing"),
        (f"{OLD}/th8/tmuen/aktuell/presse/92655/index.aspx", "2016-05-01", "th-tmuen-old", "detail"),
        (f"{OLD}/th1/tsk/aktuell/mi/99999/index.aspx", "2017-09-01", "th-tsk-old", "detail"),
        ("https://www.tmasgff.de/medienservice", "2021-04-01", "th-tmasgff", "listing"),
        ("https://www.tmasgff.de/medienservice", "2025-11-25", "th-tmsgaf", "listing"),
        ("https://umwelt.thueringen.de/aktuelles/seite/3/", "2020-04-01", "th-tmuen", "listing"),
        ("https://umwelt.thueringen.de/aktuelles/medieninformation/x", "2021-04-01", "th-tmuen", "detail"),
        ("https://umwelt.thueringen.de/ministerium/seite-3", "2021-04-01", None, "other_page"),
        ("https://umwelt.thueringen.de/robots.txt", "2021-04-01", None, "robots"),
        ("https://www.example.org/presse/", "2021-04-01", None, "other_host"),
    ],
)
def test_a_page_belongs_to_the_source_of_its_day(url: str, day: str, key: str | None, role: str) -> None:
    found = OWNERS.of(url, date.fromisoformat(day))
    assert found == (Owned(registry()[key], role) if key else role)  # type: ignore[arg-type]


def test_every_list_of_every_source_is_its_own_list() -> None:
    strange = []
    for key, source in registry().items():
        day = max((a.until for a in source.addresses if a.until), default=DAY)
        for seed in source.seeds:
            found = OWNERS.of(seed.url, day)
            if not seed.body and not (isinstance(found, Owned) and found.source.key == key):
                strange.append((key, seed.url, found if isinstance(found, str) else found.source.key))
    assert strange == []


def test_pages_that_no_pattern_tells_are_taken_where_their_source_is_named() -> None:
    unsure = [s for s in registry().values() if OWNERS.of(f"{s.home}etwas-neues", DAY) == "no_pattern"]
    assert unsure
    for source in unsure:
        named = Owners([source], any_page=True)
        assert named.of(f"{source.home}etwas-neues", DAY) == Owned(source, "detail")
        assert named.of("https://www.example.org/x", DAY) == "other_host"
