"""All releases of a portal: which skeleton speaks on which day, and what changed between two crawls."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType

from demo.changes import corrected, mistyped
from demo.compose import Assignment, compose
from demo.dice import Dice
from demo.newsroom import NEWSROOMS
from demo.release import DemoRelease
from demo.skeleton import Skeleton, skeletons

SEED = "pressearchiv"
FIRST_DAY = date(2019, 1, 14)
LAST_DAY = date(2026, 6, 26)
PER_PORTAL = 120
TYPO, AMOUNT, GONE, MOVED = 5, 12, 24, 31
JOINT_EVERY = 24
SHARED = {"demo-feed": "demo-thueringen"}


@dataclass(frozen=True)
class Edition:
    """What a portal shows at one moment, newest first; `moved` maps former slugs to those in use."""

    releases: tuple[DemoRelease, ...]
    moved: MappingProxyType[str, str]
    gone: frozenset[str]


@cache
def edition(portal: str, epoch: int) -> Edition:
    """Epoch 0 is the first crawl.

    Until epoch 1 a slip is mended, a sum corrected, one release goes, one moves, and one is new.
    """
    everything = list(written(portal))
    fresh, older = everything[0], everything[1:]
    if epoch == 0:
        slip = next(at for at in range(TYPO, AMOUNT) if " und " in older[at].lead)
        older[slip] = mistyped(older[slip])
        return Edition(tuple(older), MappingProxyType({}), frozenset())
    place = next(at for at in range(AMOUNT, GONE) if older[at].amounts)
    older[place] = corrected(older[place])
    former, gone = older[MOVED].slug, older.pop(GONE).slug
    place = next(at for at, release in enumerate(older) if release.slug == former)
    older[place] = replace(older[place], slug=f"{former}-neu")
    return Edition((fresh, *older), MappingProxyType({former: f"{former}-neu"}), frozenset({gone}))


@cache
def written(portal: str) -> tuple[DemoRelease, ...]:
    """Everything ever released, newest first, with unique slugs and rising numbers."""
    own = list(_composed(portal))
    if portal in SHARED:
        own += [
            _adopted(release, portal)
            for release in _composed(SHARED[portal])
            if release.kind == "joint_release"
        ]
    return tuple(reversed(_numbered(sorted(own, key=lambda release: release.published))))


@cache
def _composed(portal: str) -> tuple[DemoRelease, ...]:
    """Each portal begins the round of a skeleton's quotes elsewhere."""
    room, begin = NEWSROOMS[portal], list(NEWSROOMS).index(portal)
    turns: Counter[str] = Counter()
    releases = []
    for moment, (skeleton, row) in _schedule(portal):
        turn = begin + turns[skeleton.key]
        author = room.name_on(moment.date())
        releases.append(compose(SEED, Assignment(portal, author, skeleton, row, moment, turn)))
        turns[skeleton.key] += 1
    return tuple(releases)


def _adopted(release: DemoRelease, portal: str) -> DemoRelease:
    """The same joint release as the partner publishes it."""
    author = NEWSROOMS[portal].name_on(release.published.date())
    return replace(
        release,
        portal=portal,
        author=author,
        kicker="Gemeinsame Pressemitteilung",
        published=release.published + timedelta(minutes=25),
    )


def _schedule(portal: str) -> Iterator[tuple[datetime, tuple[Skeleton, dict[str, str]]]]:
    """Give each day the next subject that suits its season and was not heard of lately."""
    dice = Dice(SEED, "schedule", portal)
    waiting = dice.shuffled([(s, row) for s in skeletons() if portal in s.portals for row in s.rows])
    recent: list[str] = []
    for index, moment in enumerate(_moments(dice)):
        if index % JOINT_EVERY == JOINT_EVERY - 1:
            waiting.sort(key=lambda subject: subject[0].kind != "joint_release")
        suited = [
            at
            for at, (skeleton, _) in enumerate(waiting)
            if _in_season(skeleton, moment.date()) and skeleton.key not in recent
        ]
        if suited:
            chosen = waiting.pop(suited[0])
            recent = [*recent[-7:], chosen[0].key]
            yield moment, chosen


def _moments(dice: Dice) -> Iterator[datetime]:
    """Workday mornings and afternoons, evenly spread with some play."""
    span = (LAST_DAY - FIRST_DAY).days
    for index in range(PER_PORTAL):
        day = FIRST_DAY + timedelta(days=span * index // (PER_PORTAL - 1) - dice.below(9) if index else 0)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        yield datetime.combine(day, time(dice.between(8, 16), dice.pick((0, 5, 12, 30, 41, 55))))


def _in_season(skeleton: Skeleton, day: date) -> bool:
    in_month = not skeleton.months or day.month in skeleton.months
    in_year = not skeleton.years or skeleton.years[0] <= day.year <= skeleton.years[-1]
    return in_month and in_year


def _numbered(releases: list[DemoRelease]) -> list[DemoRelease]:
    """Numbers rise through the year with gaps, as if much else had been released."""
    numbered: list[DemoRelease] = []
    taken: set[str] = set()
    last = 0
    for release in releases:
        if numbered and numbered[-1].published.year != release.published.year:
            last = 0
        last = max(last + 1, release.published.timetuple().tm_yday * 6 // 10)
        slug = release.slug
        while slug in taken:
            slug = f"{release.slug}-{last}"
        taken.add(slug)
        numbered.append(replace(release, slug=slug, number=f"{last:02d}/{release.published.year}"))
    return numbered
