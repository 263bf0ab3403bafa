"""What a run amounts to: its verdict, from what was observed at the level of listings.

Zero new releases is normal, zero rows is not. What the lists held is compared with what they held before;
only a run that read its lists as usual and found nothing new is asked how long the silence lasts.
"""

from dataclasses import dataclass
from datetime import date

from archive.history import Past, Usual
from archive.silence import silence

LARGE_PAGE = 2_000  # bytes; below it a page without rows is an empty answer rather than a changed layout
LOST_SHARE = 0.2  # of the details asked for; one page that is lost for long is an issue, not a verdict
THIN = 0.6  # of the usual rows
SHRUNK = 0.9  # of the usual size: a layout that changed keeps its rows' bytes, an empty list does not
FEW = 3  # rows or links below which a share says nothing
HOLES = 2  # a page that is merely shorter has none, one release withdrawn makes one
MOVED_SHARE = 0.5  # of the rows known before: so many titles and days are not changed by hand
FUTURE_SHARE = 0.3  # of the rows with a day
LEGIBLE = 0.6  # of the usual share of rows with a day

Verdict = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the first page of one list showed."""

    seed: str
    role: str
    rows: int
    size: int  # bytes
    newest_listed_on: str | None = None
    missed_links: int = 0  # to releases known before that are no row now
    holes: int = 0  # entries known before that belong between its rows, and are none


@dataclass(frozen=True, slots=True)
class Observed:
    """What one run saw."""

    listings: int = 0  # listing, feed and sitemap pages read
    unchanged_listings: int = 0
    rows: int = 0
    first_rows: int = 0  # on the first pages
    first_bytes: int = 0  # size of the first pages
    empty_pages: int = 0  # first pages without rows
    largest_empty_page: int = 0  # bytes of the largest of them
    says_empty: bool = False  # one of them says in words that nothing was found
    missed_links: int = 0  # links on first pages to releases known before that are no row now
    holes: int = 0  # entries known before that belong between the rows of a first page, and are none
    lists: tuple[FirstPage, ...] = ()
    known_titles: int = 0  # of known releases, on first pages without rows
    twins: int = 0  # new rows with title and day of a release known at another address
    probed: int = 0  # pages of known releases asked for because nothing known is listed any more
    gone: int = 0  # of them those that are no longer at their address
    landed: str | None = None  # the home page, where a list redirected to it
    expected_rows: int = 1
    new_entries: int = 0
    known_rows: int = 0  # not new
    moved_rows: int = 0  # of them with another title or day than before
    dated_rows: int = 0
    future_rows: int = 0  # dated more than a week ahead
    newest_listed_on: str | None = None
    details: int = 0
    details_failed: int = 0
    details_changed: int = 0  # new ones included
    blocked: str | None = None
    unreachable: str | None = None
    misread: str | None = None  # an answer of another kind than the list was
    listing_trouble: str | None = None  # a listing that could not be read
    cut_short: str | None = None  # a limit or an interruption
    postponed: str | None = None  # robots.txt allows no visit at this hour
    failed: str | None = None  # a full disk, an error in our code


def verdict(seen: Observed, today: date, overdue_days: int | None, past: Past, jurisdiction: str) -> Verdict:
    """The verdict of a run and its reason, the gravest first."""
    if seen.failed:
        return "failed", seen.failed
    if not seen.rows and (found := _nothing(seen, past)):
        return found
    if found := _relaunched(seen) or _one_of_many(seen, past):
        return found
    if found := _too_little(seen, past) or _wrong(seen, past):
        return found
    if reason := _partial(seen):
        return "partial", reason
    return _clean(seen, today, overdue_days, past, jurisdiction)


def _nothing(seen: Observed, past: Past) -> Verdict | None:
    """Why a run brought no row at all."""
    if seen.postponed and not seen.listings:
        return "postponed", seen.postponed
    if seen.blocked:
        return "blocked", seen.blocked
    if seen.unreachable and not seen.listings:
        return "unreachable", seen.unreachable
    if seen.landed:
        return "unreachable", f"the list redirects to {seen.landed} and shows no rows there"
    if seen.misread:
        return "layout_changed", seen.misread
    if seen.missed_links >= FEW:
        return "layout_changed", f"no rows, but {seen.missed_links} links to known releases on the list"
    if found := _relaunched(seen):
        return found
    if seen.empty_pages and (reason := _empty(seen, past)):
        return "failed", reason
    if seen.largest_empty_page >= LARGE_PAGE:
        return "layout_changed", f"no rows on a listing of {seen.largest_empty_page} bytes"
    return None if seen.cut_short else ("failed", seen.listing_trouble or "the listing is empty")


def _relaunched(seen: Observed) -> Verdict | None:
    """A portal that was made anew: its releases stand elsewhere, or what was known is gone."""
    if seen.known_titles >= FEW:
        told = f"{seen.known_titles} titles of known releases stand on a list without rows"
    elif seen.twins >= max(FEW, MOVED_SHARE * seen.first_rows):
        told = f"{seen.twins} of {seen.first_rows} rows are known releases at new addresses"
    elif seen.gone >= max(2, MOVED_SHARE * seen.probed) and not seen.known_rows:
        told = f"nothing known is listed, and {seen.gone} of {seen.probed} known releases left their address"
    elif seen.rows and not seen.known_rows and seen.holes >= max(FEW, MOVED_SHARE * seen.first_rows):
        told = f"no row is known, and {seen.holes} known releases of the same days are none"
    else:
        return None
    return "layout_changed", f"relaunch: {told}"


def _one_of_many(seen: Observed, past: Past) -> Verdict | None:
    """One list of several that lost its rows while others go on."""
    found = None
    for page in seen.lists if len(seen.lists) > 1 and not seen.cut_short else ():
        before = past.lists.get(page.seed, Usual())
        if not is_short(page, before):
            continue
        short = f"{page.rows} rows on the first page of {page.seed}, {before.usual_rows:.0f} are usual"
        if page.missed_links >= FEW:
            return "layout_changed", f"{short}; {page.missed_links} links to known releases are none"
        found = found or ("partial", short)
    return found


def is_short(page: FirstPage, before: Usual) -> bool:
    """Whether a list lost rows that it had."""
    lost = page.holes >= HOLES or page.rows < before.least_rows
    return lost and page.rows < THIN * before.usual_rows


def _empty(seen: Observed, past: Past) -> str | None:
    """Why a page without rows counts as an empty list of the portal."""
    if seen.says_empty:
        return f"the list says that it is empty, {past.first.usual_rows:.0f} rows are usual"
    usual = past.first.usual_bytes
    if usual and seen.first_bytes < SHRUNK * usual:
        return f"the list is empty: {seen.first_bytes} bytes without rows, {usual:.0f} are usual"
    return None


def _too_little(seen: Observed, past: Past) -> Verdict | None:
    """Fewer rows on the first pages than the source file demands, or than earlier runs found."""
    rows, usual = seen.first_rows, past.first.usual_rows
    declared = 1 < seen.expected_rows <= rows  # the source file says that so many are right
    lost = seen.holes >= HOLES or (rows < past.first.least_rows and not declared)
    if lost and (rows < THIN * usual or (seen.empty_pages and rows < usual)):
        if seen.landed:
            return "unreachable", f"the list redirects to {seen.landed}: {rows} rows, {usual:.0f} are usual"
        if seen.missed_links >= FEW:
            links = f"{seen.missed_links} links to known releases are none"
            return "layout_changed", f"{rows} rows on the first page, {usual:.0f} are usual; {links}"
        if not seen.cut_short and not seen.unreachable:
            return "partial", f"{rows} rows on the first page, {usual:.0f} are usual"
    if rows < seen.expected_rows and not seen.cut_short:
        return "layout_changed", f"{rows} rows on the first page, expected {seen.expected_rows}"
    return None


def _wrong(seen: Observed, past: Past) -> Verdict | None:
    """Rows as many as usual, and read wrongly."""
    if seen.future_rows >= max(FEW, FUTURE_SHARE * seen.dated_rows):
        return "layout_changed", f"{seen.future_rows} of {seen.dated_rows} days on the list are still to come"
    if seen.moved_rows >= max(FEW, MOVED_SHARE * seen.known_rows):
        changed = f"{seen.moved_rows} of {seen.known_rows} known rows have another title or day"
        return "layout_changed", f"{changed} than before"
    dated = past.dated / max(past.entries, 10 * FEW)
    if dated * seen.rows >= FEW and seen.dated_rows < LEGIBLE * dated * seen.rows:
        before = f"{past.dated} of {past.entries} did before"
        return "layout_changed", f"{seen.dated_rows} of {seen.rows} rows show a day, {before}"
    return None


def _partial(seen: Observed) -> str | None:
    reading = seen.misread, seen.listing_trouble, seen.blocked, seen.unreachable
    if reason := next(filter(None, (seen.postponed, seen.cut_short, *reading)), None):
        return reason
    if seen.details_failed > max(1, LOST_SHARE * seen.details):
        return f"{seen.details_failed} of {seen.details} pages could not be fetched"
    return None


def _clean(seen: Observed, today: date, overdue_days: int | None, past: Past, jurisdiction: str) -> Verdict:
    """Silence is judged before changed pages are: many pages differ in each answer."""
    if seen.new_entries:
        return "ok", None
    too_long, reason = silence(past.days, past.last_on, today, overdue_days, jurisdiction)
    if too_long:
        return "overdue", reason
    if seen.details_changed:
        return "ok", None
    return "unchanged" if seen.unchanged_listings == seen.listings else "quiet", reason
