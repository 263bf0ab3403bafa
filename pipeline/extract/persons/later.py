"""Later mentions, by surname, of persons whom only the text itself introduces."""

import re
from bisect import bisect_right

from pipeline.extract.persons.names import Reading
from pipeline.extract.persons.register import register
from pipeline.extract.persons.relations import Sighting

# A text that introduces more unknown persons than this is a list; their later surnames are not looked for.
MOST = 40
_JOINED_BEFORE = re.compile(r"[\w.#@/-]")
_JOINED_AFTER = re.compile(r"(?!s(?!\w))[\w@-]")


def later_sightings(text: str, seen: list[Sighting]) -> list[Sighting]:
    """Bare surnames of the titled persons whose surname nobody in the register bears, in any order."""
    introduced: dict[str, Sighting] = {}
    for sighting in seen:
        if sighting.title and sighting.reading.surname not in register().by_surname:
            introduced.setdefault(sighting.reading.family.split()[-1], sighting)
    starts = [sighting.start for sighting in seen]
    found = []
    for surname, sighting in list(introduced.items())[:MOST]:
        for start in _places(text, surname):
            nearest = bisect_right(starts, start) - 1
            if nearest < 0 or seen[nearest].end <= start:
                found.append(_bare(text, start, surname, sighting.reading.surname))
    return found


def _places(text: str, surname: str) -> list[int]:
    places = []
    start = text.find(surname)
    while start >= 0:
        end = start + len(surname)
        before, after = text[max(0, start - 1) : start], text[end : end + 2]
        if not _JOINED_BEFORE.match(before) and not _JOINED_AFTER.match(after):
            places.append(start)
        start = text.find(surname, end)
    return places


def _bare(text: str, start: int, surname: str, key: str) -> Sighting:
    end = start + len(surname)
    end += text[end : end + 1] == "s"
    return Sighting(start, end, Reading(start, end, "", key, surname, ()), None, "")
