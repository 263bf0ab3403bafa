"""Where and when a grant happens: the district, the municipality and the day its sentence names."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.mentions import Date, District, Mention, Municipality

PLACES = frozenset({"district", "municipality"})


class Place(NamedTuple):
    district: str | None  # official district key, 5 digits
    municipality: str | None  # official municipality key, 8 digits


NOWHERE = Place(None, None)


def place_of(mentions: Sequence[Mention], named: Sequence[str | None]) -> Place:
    """The place within one of the named phrases, else the only place of the sentence."""
    places = [mention for mention in mentions if mention.kind in PLACES]
    if not places:
        return NOWHERE
    for phrase in named:
        inside = [mention for mention in places if phrase and mention.surface in phrase]
        if inside:
            return _merged(inside)
    return _merged(places)


def day_of(mentions: Sequence[Mention]) -> str | None:
    """The first single day that the sentence names, ISO 8601."""
    for mention in mentions:
        value = mention.value
        if isinstance(value, Date) and value.first_on and value.first_on == value.last_on:
            return value.first_on
    return None


def _merged(places: Sequence[Mention]) -> Place:
    municipalities = {v.ags for m in places if isinstance(v := m.value, Municipality) and v.ags}
    districts = {v.ags for m in places if isinstance(v := m.value, District) and v.ags}
    districts |= {v.district for m in places if isinstance(v := m.value, Municipality) and v.district}
    return Place(
        districts.pop() if len(districts) == 1 else None,
        municipalities.pop() if len(municipalities) == 1 else None,
    )
