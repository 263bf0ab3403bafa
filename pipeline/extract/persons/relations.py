"""Which title belongs to a name that stands in a list, before its title, or after a long one."""

import re
from bisect import bisect_left
from typing import NamedTuple

from pipeline.extract.persons.names import Reading
from pipeline.extract.persons.titles import Title, TitleWord, read_title

_LIST = re.compile(
    r"(?: \([^()\n]{1,30}\))?(?:, | und | sowie |, sowie | & |/| bzw\. )"
    r"(?:(?:Herrn?|Frau) )?(?:(?:Prof\.|Dr\.) ){0,2}"
)
_PHRASE = re.compile(
    r"(?:,? (?:für|im|der|des|in|beim|am|und|sowie|von|vom|den|dem|die|das|zur|zu|aus|[A-ZÄÖÜ][\w/.-]*"
    r"|\([^()\n]{1,30}\)|&))*,? (?:(?:Herrn?|Frau) )?"
)
_APPOSITION = re.compile(
    r"(?: \([^()\n]{1,40}\))?, (?:(?!\w+te )(?:der|die|den|dem|[a-zäöü]+e[rnms]?|[A-ZÄÖÜ][\w-]*(?:s|er|e)"
    r"|[A-ZÄÖÜ]\w*-,?(?: und)?) ){0,4}"
)


class Sighting(NamedTuple):
    """A name in the text, with the title that belongs to it."""

    start: int  # of title, academic title or name
    end: int
    reading: Reading
    title: Title | None
    relation: str  # how the title stands to the name: title, list, apposition, phrase; "" without one
    address: str = ""  # Frau, Herr, Familie

    @property
    def full(self) -> bool:
        return bool(self.reading.given)


def related(text: str, seen: list[Sighting], loose: list[TitleWord]) -> list[Sighting]:
    """The names in order, with titles from `loose`, those that no name follows; each goes to one name."""
    found: list[Sighting] = []
    for position, sighting in enumerate(seen):
        if sighting.title is None:
            previous = found[-1] if found else None
            following = seen[position + 1].start if position + 1 < len(seen) else len(text)
            sighting = _listed(text, sighting, previous) or _placed(
                text, sighting, previous, following, loose
            )
        found.append(sighting)
    return found


def _listed(text: str, sighting: Sighting, previous: Sighting | None) -> Sighting | None:
    """The second name of "die Minister Laumann und Reul"."""
    if (
        previous is None
        or previous.title is None
        or not previous.title.plural
        or previous.relation == "apposition"
    ):
        return None
    if not _LIST.fullmatch(text, previous.end, sighting.start):
        return None
    return sighting._replace(title=previous.title, relation="list")


def _placed(
    text: str, sighting: Sighting, previous: Sighting | None, following: int, loose: list[TitleWord]
) -> Sighting:
    """With the title right after the name, or with the long one before it."""
    number = bisect_left(loose, sighting.end, key=_start)
    if number < len(loose) and loose[number].start <= min(sighting.end + 110, following):
        title = loose[number]
        whole = read_title(text, title) if _APPOSITION.fullmatch(text, sighting.end, title.start) else None
        if whole and not whole.plural:
            del loose[number]
            return sighting._replace(title=whole, relation="apposition")
    earliest = max(previous.end if previous else 0, sighting.start - 190)
    for before in range(number - 1, max(-1, number - 4), -1):
        title = loose[before]
        if not sighting.full or title.end < earliest:
            break
        if _PHRASE.fullmatch(text, title.end, sighting.start) and not _joins(text, sighting.start):
            del loose[before]
            return sighting._replace(title=read_title(text, title), relation="phrase")
    return sighting


def _start(title: TitleWord) -> int:
    return title.start


def _joins(text: str, start: int) -> bool:
    return text.endswith((" und ", " sowie "), 0, start)
