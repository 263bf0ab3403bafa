"""Attached files are asked for again with their pages, seldom, and a replaced one is a capture of its own."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from conftest import START, House
from portal import LIST, Answer, Portal, publish

from archive.records import Capture
from archive.source import Source
from crawler.spiders.attached import is_due

MakeSource = Callable[..., Source]
PLAN = "/plan.pdf"
WHOLE = {"captured_at": "2026-03-01T08:00:00Z", "etag": '"1"', "payload_bytes": 50 << 20}
HELD = Capture(**({field.name: None for field in fields(Capture)} | WHOLE))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "hours", "due"),
    [
        ({}, 2, False),
        ({}, 24, True),
        ({"etag": None}, 24, False),
        ({"etag": None}, 24 * 31, True),
        ({"etag": None, "payload_bytes": 4_000}, 24, True),
        ({"truncated": "length"}, 24, False),
        ({"truncated": "length"}, 24 * 31, True),
    ],
)
def test_a_file_is_asked_for_again_by_what_it_costs(
    changes: dict[str, object], hours: int, due: bool
) -> None:
    held = replace(HELD, **changes)  # type: ignore[arg-type]
    assert is_due(held, START + timedelta(hours=hours)) is due
    assert is_due(None, START)


def test_a_file_replaced_behind_an_unchanged_page_is_noticed(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 2)
    link = f"<main><h1>Mitteilung</h1><a href='{PLAN}'>Plan</a></main>".encode()
    portal.pages[f"{LIST}/detailseite/2"] = Answer(link, validator=True)
    pdf = {"Content-Type": "application/pdf"}
    portal.pages[PLAN] = Answer(b"%PDF-1.7 a", validator=True, headers=pdf)
    house.one(make_source())
    later = START + timedelta(days=9)
    house.one(make_source(), now=later)
    portal.pages[PLAN] = Answer(b"%PDF-1.7 b", validator=True, headers=pdf)
    house.one(make_source(), now=later + timedelta(hours=2))
    house.one(make_source(), now=later + timedelta(days=20))
    asked = [a.status for a in portal.log if a.path == PLAN]
    assert asked == [200, 304, 200]
    kinds = house.column("SELECT record_type FROM captures WHERE role = 'attachment' ORDER BY id")
    assert kinds == ["response", "revisit", "response"]
    house.check()
