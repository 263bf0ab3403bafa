"""Pages that moved without a redirect: a new address shows what an old one, now gone, once showed."""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from archive.words import alike
from pipeline.compare.news import News, gathered, span
from pipeline.compare.same import ALIKE, likeness
from pipeline.settled import is_settled

# Answers that say that an address does not show its release any more. Only a page that shows it elsewhere
# makes a move of them, so those that merely look like a missing page count, too.
NOT_THERE = ("status_404", "status_410", "soft_404", "redirected_to_list", "other_page")
LONG = 600  # characters of a text that nobody writes twice
LEAST = 200  # characters of a text that says something
NUMBERED, TITLED, UNDATED = (
    0.5,
    ALIKE,
    0.9,
)  # likeness of texts with one number, with one title and day, one title
CLEAR = 0.1  # by which the best of several must be liker than the next
GOES = f"""
SELECT a.release_id, c.captured_at
FROM parsed_captures p
    JOIN captures c ON c.id = p.capture_id
    JOIN release_addresses a ON a.source_key = c.source_key AND a.url = c.requested_url
WHERE p.release_id IS NULL AND p.outcome IN ({", ".join(f"'{name}'" for name in NOT_THERE)})
"""
SHOWS = """
SELECT c.captured_at FROM versions v
    JOIN version_captures vc ON vc.version_id = v.id
    JOIN captures c ON c.id = vc.capture_id
WHERE v.release_id = ? AND c.url = ? ORDER BY 1
"""
RELEASES = """
SELECT r.id, r.url, r.title, r.number, r.published_on, r.first_seen_at, r.characters, v.text_hash
FROM releases r JOIN versions v ON v.id = r.version_id
"""
AMONG = "WHERE r.id IN (SELECT value FROM json_each(?))"
WITHIN = "WHERE r.source_key = ? AND r.first_seen_at BETWEEN ? AND ?"
OF_SOURCE = "WHERE r.source_key = ?"
# Two that were told to be one, and are not when they are read together, are not told so again.
UNTOLD = """
AND NOT EXISTS (SELECT 1 FROM moves m
    JOIN release_addresses a ON a.source_key = m.source_key AND a.url = m.url
    WHERE a.release_id = r.id AND m.rule NOT IN ('redirect', 'canonical') AND NOT EXISTS (
        SELECT 1 FROM release_addresses o WHERE o.release_id = r.id AND o.url = m.from_url))
ORDER BY r.id
"""
SOURCES = "SELECT id, source_key FROM releases WHERE id IN (SELECT value FROM json_each(?))"
RULES_VERSION = "1"  # raised when a change of rules changes which pages are one
TEXT = "SELECT v.title, v.text FROM versions v JOIN releases r ON r.version_id = v.id WHERE r.id = ?"


class Known(NamedTuple):
    """A release as far as it may be one with another."""

    id: str
    url: str
    title: str
    number: str | None
    published_on: str | None
    first_seen_at: str
    characters: int
    text_hash: str


class Move(NamedTuple):
    """Two releases that are one: what showed that, and how alike the texts are."""

    old: Known
    new: Known
    rule: str  # text, number, title
    likeness: float


def find(db: Database) -> list[Move]:
    """The moves that nobody has noted yet; what is settled is not looked at again."""
    news = gathered(db) if is_settled(db) else None
    if news is not None and not news:
        return []
    gone: defaultdict[str, list[str]] = defaultdict(list)
    for release, at in db.execute(GOES).fetchall():
        gone[release].append(at)
    by_source: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for release, source_key in db.execute(SOURCES, (json.dumps(list(gone)),)).fetchall():
        by_source[source_key][release] = gone[release]
    found: list[Move] = []
    for source_key, absent in sorted(by_source.items()):
        judged = absent if news is None else _touched(db, source_key, absent, news)
        if judged:
            found += _of_source(db, source_key, judged)
    return found


def _touched(db: Database, source_key: str, absent: dict[str, list[str]], news: News) -> dict[str, list[str]]:
    """Those of the releases that went, of which something is new that may tell where they moved."""
    if source_key in news.changed:  # by what it was known before, nobody knows any more
        return absent
    came, asked = news.came.get(source_key, ()), absent.keys() & news.asked.keys()
    if not came and not asked:
        return {}
    index: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for old in _known(db, AMONG, json.dumps(sorted(absent))):
        for key in _keys(old):
            index[key].append(old)
    touched = {old.id for new in _known(db, AMONG, json.dumps(came)) for old in _sharing(index, new)}
    if asked:
        since, until = zip(*(_span(db, old, absent, news) for old in sorted(asked)), strict=True)
        for new in _known(db, WITHIN, source_key, min(since), max(until)):
            touched |= asked & {old.id for old in _sharing(index, new)}
    return {old: absent[old] for old in touched}


def _span(db: Database, old: str, absent: Mapping[str, Sequence[str]], news: News) -> tuple[str, str]:
    [url] = db.execute("SELECT url FROM releases WHERE id = ?", (old,)).fetchone()
    shown = [at for (at,) in db.execute(SHOWS, (old, url)).fetchall()]
    return span([*absent[old], *shown], news.asked[old])


def _sharing(index: Mapping[tuple[str, str], Sequence[Known]], new: Known) -> Iterator[Known]:
    return (old for key in _keys(new) for old in index.get(key, ()) if old.id != new.id)


def _known(db: Database, which: str, *values: str) -> list[Known]:
    return [Known(*row) for row in db.execute(f"{RELEASES} {which} {UNTOLD}", values).fetchall()]


def _of_source(db: Database, source_key: str, gone: Mapping[str, Sequence[str]]) -> Iterator[Move]:
    """The moves of some releases that went."""
    releases = _known(db, OF_SOURCE, source_key)
    index: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for release in releases:
        for key in _keys(release):
            index[key].append(release)
    taken: set[str] = set()
    moves = [
        m for old in releases if old.id in gone for m in _of_release(db, old, index, sorted(gone[old.id]))
    ]
    for move in sorted(moves, key=lambda m: (-m.likeness, m.old.first_seen_at, m.old.id, m.new.id)):
        if move.new.id not in taken:
            taken.add(move.new.id)
            yield move


def _of_release(
    db: Database, old: Known, index: Mapping[tuple[str, str], Sequence[Known]], absent: Sequence[str]
) -> Iterator[Move]:
    """The one newer release that is an older one at another address; none where two come into question."""
    near = {n.id: n for key in _keys(old) for n in index.get(key, ()) if n.first_seen_at > old.first_seen_at}
    if not near:
        return
    shown = [at for (at,) in db.execute(SHOWS, (old.id, old.url)).fetchall()]
    text = text_of(db, old.id)
    rated = []
    for new in near.values():
        if _was_gone(new.first_seen_at, absent, shown):
            same = new.text_hash == old.text_hash
            like = 1.0 if same else likeness(text, text_of(db, new.id))
            if rule := _rule(old, new, like):
                rated.append(Move(old, new, rule, round(like, 3)))
    rated.sort(key=lambda m: -m.likeness)
    if rated and (len(rated) == 1 or rated[0].likeness - rated[1].likeness >= CLEAR):
        yield rated[0]


def text_of(db: Database, release_id: str) -> str:
    """Title and text of a release as it was last seen."""
    return "\n".join(db.execute(TEXT, (release_id,)).fetchone())


def _keys(release: Known) -> Iterator[tuple[str, str]]:
    yield "text", release.text_hash
    if release.number:
        yield "number", f"{release.number} {(release.published_on or '')[:4]}"
    if title := alike(release.title):
        yield "title", title


def _was_gone(at: str, absent: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether the old address, asked last before a moment or first after it, did not show its release.

    Later answers do not change that, so what was said once is said again when all is built anew.
    """
    last_absent, last_shown = _before(absent, at), _before(shown, at)
    next_absent, next_shown = _after(absent, at), _after(shown, at)
    return (last_absent or "") > (last_shown or "") or bool(
        next_absent and (next_shown is None or next_absent < next_shown)
    )


def _before(times: Sequence[str], at: str) -> str | None:
    index = bisect_right(times, at)
    return times[index - 1] if index else None


def _after(times: Sequence[str], at: str) -> str | None:
    index = bisect_left(times, at)
    return times[index] if index < len(times) else None


def _rule(old: Known, new: Known, like: float) -> str | None:
    """What shows that two releases are one; None where it is not enough."""
    size = min(old.characters, new.characters)
    days = {old.published_on, new.published_on} - {None}
    numbers = {old.number, new.number} - {None}
    if len(numbers) > 1:
        return None
    if like == 1.0 and size >= LEAST and (len(days) < 2 or size >= LONG):
        return "text"
    if len(numbers) == 1 and old.number == new.number and len(days) < 2 and like >= NUMBERED:
        return "number"
    if alike(old.title) == alike(new.title) and len(days) < 2:
        return "title" if like >= (TITLED if old.published_on and new.published_on else UNDATED) else None
    return None
