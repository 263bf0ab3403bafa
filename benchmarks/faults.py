"""What a run observes of a simulated portal on a day, whole or broken in one of the ways lists break."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.portals import Released
from crawler.monitors import FirstPage, Observed

WEEK = timedelta(days=7)
PROBES = 3  # as the crawl asks for
FEED = 10  # items
TWO_LISTS = ("half of one of two lists", "one of two lists empty")


@dataclass(frozen=True, slots=True)
class Sight:
    """What stands on the first page of a list on a day."""

    on: date
    rows: tuple[Released, ...]  # the first page, newest first
    new: int  # of them, or behind them, not seen before
    row_bytes: int
    frame_bytes: int

    @property
    def known(self) -> int:
        return max(len(self.rows) - self.new, 0)


def whole(sight: Sight, chance: random.Random) -> Observed:
    """A run that meets nothing odd; now and then a title is mended, and teasers stand beside the list."""
    days = [row.listed_on for row in sight.rows]
    rows = len(sight.rows)
    return Observed(
        listings=1,
        unchanged_listings=int(not sight.new and chance.random() < 0.7),
        rows=rows + max(sight.new - rows, 0),
        first_rows=rows,
        first_bytes=_size(sight, rows, chance),
        missed_links=chance.choice((0, 0, 1, 3, 5)),
        new_entries=sight.new,
        known_rows=sight.known,
        moved_rows=int(sight.known > 0 and chance.random() < 0.02),
        dated_rows=rows + max(sight.new - rows, 0),
        future_rows=sum(day > sight.on + WEEK for day in days),
        newest_listed_on=max((day for day in days if day <= sight.on), default=sight.on).isoformat(),
        details=sight.new,
        details_changed=sight.new,
    )


def _size(sight: Sight, rows: int, chance: random.Random) -> int:
    return round((sight.frame_bytes + rows * sight.row_bytes) * chance.uniform(0.97, 1.03))


def _nothing(sight: Sight, size: float, missed: int) -> Observed:
    return Observed(
        listings=1,
        empty_pages=1,
        largest_empty_page=round(size),
        first_bytes=round(size),
        missed_links=missed,
    )


def _renamed_class(sight: Sight, chance: random.Random) -> Observed:
    return _nothing(sight, _size(sight, len(sight.rows), chance), sight.known)


def _relaunch(sight: Sight, chance: random.Random) -> Observed:
    """New classes and addresses; some portals leave old titles out, some the old pages where they were."""
    size = _size(sight, len(sight.rows), chance) * chance.uniform(0.5, 2.0)
    seen = _nothing(sight, size, chance.choice((0, 0, 0, 1)))
    titles = chance.choice((0.0, 0.5, 0.9, 1.0))
    moved = chance.random() < 0.8
    gone = PROBES if moved else 0
    return replace(seen, known_titles=round(titles * sight.known), probed=PROBES, gone=gone)


def _relaunch_read(sight: Sight, chance: random.Random) -> Observed:
    """New addresses in rows that are read as before: everything looks new."""
    rows = len(sight.rows)
    seen = whole(replace(sight, new=rows), chance)
    told = chance.choice((0.0, 0.7, 1.0))  # of the old titles as they were
    twins, gone = round(told * sight.known), PROBES if chance.random() < 0.8 else 0
    days = sorted(row.listed_on for row in sight.rows)
    holes = sum(row.listed_on >= days[len(days) // 5] for row in sight.rows[sight.new :])
    return replace(seen, known_rows=0, moved_rows=0, twins=twins, probed=PROBES, gone=gone, holes=holes)


def _captcha(sight: Sight, chance: random.Random) -> Observed:
    return Observed(blocked='the list shows a block page ("captcha")')


def _empty_list(sight: Sight, chance: random.Random) -> Observed:
    seen = _nothing(sight, _size(sight, 0, chance), chance.choice((0, 0, 1, 2)))
    titles, gone = chance.choice((0, 0, 0, 1, 2)), chance.choice((0,) * 9 + (1,))  # teasers; one withdrawn
    says_empty = chance.random() < 0.6
    return replace(seen, says_empty=says_empty, known_titles=titles, probed=PROBES, gone=gone)


def _stale_cache(sight: Sight, chance: random.Random) -> Observed:
    return replace(whole(replace(sight, new=0), chance), unchanged_listings=1)


def _half_unread(sight: Sight, chance: random.Random) -> Observed:
    """Every second row got another class: half are read, the links of all stand on the page."""
    rows = replace(sight, rows=sight.rows[::2], new=(sight.new + 1) // 2)
    size = _size(sight, len(sight.rows), chance)
    return replace(
        whole(rows, chance), first_bytes=size, missed_links=sight.known // 2, holes=_holes(sight, rows.rows)
    )


def _half_missing(sight: Sight, chance: random.Random) -> Observed:
    """The portal itself brings half of its rows."""
    rows = replace(sight, rows=sight.rows[::2], new=(sight.new + 1) // 2)
    holes = _holes(sight, rows.rows)
    return replace(whole(rows, chance), missed_links=chance.choice((0, 0, 1, 2)), holes=holes)


def _half_of_one(sight: Sight, chance: random.Random) -> Observed:
    """The second list, a feed, brings every second item; the first is whole."""
    return _with_feed(whole(sight, chance), sight, sight.rows[:FEED][::2])


def _one_empty(sight: Sight, chance: random.Random) -> Observed:
    return _with_feed(whole(sight, chance), sight, ())


def _with_feed(seen: Observed, sight: Sight, items: Sequence[Released]) -> Observed:
    """A run over a listing and a feed that shows the newest items of it."""
    listing = FirstPage("listing", "listing", seen.first_rows, seen.first_bytes)
    whole_feed = replace(sight, rows=sight.rows[:FEED])
    feed = FirstPage("feed", "feed", len(items), 400 * len(items), holes=_holes(whole_feed, items))
    return replace(
        seen,
        listings=2,
        lists=(listing, feed),
        first_rows=seen.first_rows + feed.rows,
        first_bytes=seen.first_bytes + feed.size,
        empty_pages=seen.empty_pages + (not items),
        holes=seen.holes + feed.holes,
    )


def with_feed(sight: Sight, chance: random.Random) -> Observed:
    """A run without trouble over a listing and a feed."""
    return _with_feed(whole(sight, chance), sight, sight.rows[:FEED])


def _holes(sight: Sight, shown: Sequence[Released]) -> int:
    """Entries known before that should stand between the rows that are shown."""
    days = sorted(row.listed_on for row in shown)
    since = days[len(days) // 5] if days else date.max
    return sum(row.listed_on >= since and row not in shown for row in sight.rows[sight.new :])


def _home(sight: Sight, chance: random.Random) -> Observed:
    teasers = replace(sight, rows=sight.rows[: chance.choice((0, 0, 3, 5))])
    home = "https://portal.example/"
    if not teasers.rows:
        size = _size(sight, 10, chance)
        return replace(_nothing(sight, size, chance.choice((0, 3, 5))), landed=home)
    return replace(whole(teasers, chance), landed=home)


def _certificate(sight: Sight, chance: random.Random) -> Observed:
    return Observed(unreachable="the certificate of the host is not accepted (certificate has expired)")


def _host_down(sight: Sight, chance: random.Random) -> Observed:
    return Observed(unreachable="the host refuses connections")


def _storm(sight: Sight, chance: random.Random) -> Observed:
    return Observed(unreachable="the list answers 503", listing_trouble="status 503")


def _wrong_year(sight: Sight, chance: random.Random) -> Observed:
    return _redated(sight, chance, [row.listed_on + 365 * timedelta(days=1) for row in sight.rows])


def _month_for_day(sight: Sight, chance: random.Random) -> Observed:
    """The format changed to month before day: up to the 12th it is read wrongly, after it not at all."""
    days = [r.listed_on for r in sight.rows]
    swapped = [d.replace(month=d.day, day=d.month) if d.day <= 12 else d for d in days]
    return replace(_redated(sight, chance, swapped), dated_rows=sum(d.day <= 12 for d in days))


def _redated(sight: Sight, chance: random.Random, days: Sequence[date]) -> Observed:
    rows = tuple(replace(row, listed_on=day) for row, day in zip(sight.rows, days, strict=True))
    moved = sum(
        a.listed_on != b.listed_on for a, b in zip(sight.rows[sight.new :], rows[sight.new :], strict=True)
    )
    return replace(whole(replace(sight, rows=rows), chance), moved_rows=moved)


def _feed_is_html(sight: Sight, chance: random.Random) -> Observed:
    return Observed(misread="the feed is no list of releases: it does not parse", listing_trouble="no feed")


FAULTS: dict[str, tuple[str, Callable[[Sight, random.Random], Observed]]] = {  # its right name, what it shows
    "renamed class": ("layout_changed", _renamed_class),
    "relaunch, rows unread": ("layout_changed", _relaunch),
    "relaunch, rows read": ("layout_changed", _relaunch_read),
    "captcha page": ("blocked", _captcha),
    "empty list": ("failed", _empty_list),
    "stale cache": ("overdue", _stale_cache),
    "half the rows unread": ("layout_changed", _half_unread),
    "half the rows missing": ("partial", _half_missing),
    "half of one of two lists": ("partial", _half_of_one),
    "one of two lists empty": ("partial", _one_empty),
    "redirect to home": ("unreachable", _home),
    "expired certificate": ("unreachable", _certificate),
    "host down": ("unreachable", _host_down),
    "503 storm": ("unreachable", _storm),
    "all dates a year ahead": ("layout_changed", _wrong_year),
    "month read for day": ("layout_changed", _month_for_day),
    "feed turned HTML": ("layout_changed", _feed_is_html),
}
