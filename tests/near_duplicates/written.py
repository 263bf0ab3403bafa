"""The pairs that were written by hand."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.near_duplicates.made import Pair, Text

DAY = date(2024, 5, 13)


def pairs() -> Iterator[Pair]:
    """Each pair of `written.toml`, with its kind."""
    stated = tomllib.loads(Path(__file__).with_name("written.toml").read_text("utf-8"))["pair"]
    by_key = {entry["key"]: entry for entry in stated}
    for entry in stated:
        base = by_key[entry.get("from", entry["key"])]
        title, text = base["title"], base["text"].strip()
        changed, other = entry.get("other_title", title), entry.get("other", text).strip()
        for old, new in entry.get("swap", ()):
            assert old in changed or old in other, (entry["key"], old)
            changed, other = changed.replace(old, new), other.replace(old, new)
        one, later = Text(DAY, title, text), Text(DAY + timedelta(entry["days"]), changed, other)
        kind, partners = f"{entry['key']}: {entry['kind']}", entry.get("partners", False)
        yield Pair(kind, one, later, entry["same"], partners)
