"""Which numbers belong together: by sources that count as one, by kinds or kickers counted apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.coverage.counting import Count, Point, counts, is_counted, restarts
from pipeline.coverage.number import Number, read

GLUED = 0.9  # share of five-digit numbers that begin with their year


class Told(NamedTuple):
    """A number as it was told by a release (or by a list's row, `release` is None then)."""

    source: str
    publisher: str
    jurisdiction: str
    text: str
    day: date
    kind: str
    kicker: str
    release: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that are counted as one."""

    name: str  # what stands before the number, or the kind of release
    sources: tuple[str, ...]
    counts: dict[int, Count]
    points: tuple[Point, ...]


Pool = dict[str, list[tuple[Told, Number]]]  # by what stands before the number


def find(told: Iterable[Told]) -> Iterator[Series]:
    """The series of all sources. Sources of one publisher count together where their numbers allow it, those
    of one Land where each alone skips and all together do not."""
    by_source: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_source[one.source].append(one)
    skipping: defaultdict[tuple[str, str], list[list[Point]]] = defaultdict(list)
    for group in _publishers(by_source):
        for name, points in _split(group):
            series = _series(name, points)
            if series.counts:
                yield series
            else:
                land = next(one.jurisdiction for one in by_source[series.sources[0]])
                skipping[land, name].append(points)
    for (_, name), groups in sorted(skipping.items()):
        joined = _series(name, [point for points in groups for point in points])
        if len(groups) > 1 and joined.counts and is_counted(joined.points):
            yield joined


def _publishers(by_source: dict[str, list[Told]]) -> Iterator[list[Told]]:
    """The numbers of each source, those of sources together that count as one."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for key, told in sorted(by_source.items()):
        owners[told[0].publisher].append(key)
    for keys in owners.values():
        together = [one for key in keys for one in by_source[key]]
        if len(keys) > 1 and all(is_counted(points) for points in _pools(together, lambda t: "").values()):
            yield together
        else:
            yield from (by_source[key] for key in keys)


def _split(told: Sequence[Told]) -> Iterator[tuple[str, list[Point]]]:
    """The series of a group: all as one, or else by kind, or else by kicker; none where none counts."""
    ways: tuple[Callable[[Told], str], ...] = (lambda t: "", lambda t: t.kind, lambda t: t.kicker)
    for way in ways:
        pools = _pools(told, way)
        counted = {name: points for name, points in pools.items() if is_counted(points)}
        if 2 * sum(map(len, counted.values())) > sum(map(len, pools.values())):
            yield from counted.items()
            return


def _pools(told: Sequence[Told], way: Callable[[Told], str]) -> dict[str, list[Point]]:
    pools: defaultdict[str, list[tuple[Told, Number]]] = defaultdict(list)
    for one in told:
        if number := read(one.text, one.day.year):
            pools[" ".join(part for part in (number.series, way(one)) if part)].append((one, number))
    return {name: list(_points(pool)) for name, pool in pools.items()}


def _points(pool: Sequence[tuple[Told, Number]]) -> Iterator[Point]:
    bare = [number for _, number in pool if number.year is None]
    glued = bool(bare) and sum(n.glued is not None for n in bare) >= GLUED * len(bare)
    for one, number in pool:
        value = number.glued if glued and number.year is None else number.value
        if value:
            stated = number.year is not None or glued
            yield Point(one.source, number.year or one.day.year, value, one.day, one.release, stated)


def _series(name: str, points: Sequence[Point]) -> Series:
    keys = tuple(sorted({point.source for point in points}))
    return Series(name, keys, counts(points, restarts=restarts(points)), tuple(points))
