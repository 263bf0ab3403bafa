"""Who is introduced in a text under which surname, and whom the surname means at a later place."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from pipeline.extract.mentions import Minister, PersonInOffice
from pipeline.extract.persons.choosing import NOBODY, OWN_COLLEAGUE, Verdict
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.titles import CHIEF, HEAD, HONORARY

ENOUGH = 50  # introductions of one surname looked at, so that a text of nothing else stays linear
SURE = 0.95  # a title with its portfolio, of this jurisdiction, fits one minister in office
ADDRESSED = {"Frau": "female", "Herr": "male", "Herrn": "male", OWN_COLLEAGUE: "male"}


class Introductions:
    """The verdicts on full names and titled names of one text, by surname and in order of the text."""

    def __init__(self, verdicts: Iterable[tuple[Sighting, Verdict | None]]) -> None:
        self._introduced: dict[str, list[tuple[int, Verdict]]] = defaultdict(list)
        for sighting, verdict in verdicts:
            if verdict is not None:
                self._introduced[sighting.reading.surname].append((sighting.start, verdict))

    def __contains__(self, surname: str) -> bool:
        return surname in self._introduced

    def starts(self, surname: str) -> list[int]:
        """Where the surname is introduced; the first places of a long list."""
        return [start for start, _ in self._introduced[surname][:ENOUGH]]

    def explain(self, sighting: Sighting, verdict: Verdict) -> Verdict:
        """The verdict on title and surname, corrected by the full name that the text gives for it."""
        if sighting.reading.surname not in self or sighting.title is None:
            return verdict
        if isinstance(verdict.value, PersonInOffice) and sighting.title.rank != HONORARY:
            return verdict
        if verdict.confidence >= SURE and (sighting.title.stems or sighting.title.rank in (CHIEF, HEAD)):
            return verdict
        introduced = self._introduced[sighting.reading.surname]
        number = bisect_left(introduced, sighting.start, key=_position)
        near = introduced[max(0, number - ENOUGH) : number + ENOUGH]
        fitting = [(start, v) for start, v in near if _fits(v, sighting)]
        if not fitting:
            return verdict
        several = len({v.value.name for _, v in fitting if v.value}) > 1
        if several and verdict.value is not None and verdict.value.name is not None:
            return verdict
        number = bisect_left(fitting, sighting.start, key=_position)
        confidence = 0.6 if several else 0.95
        return fitting[max(0, number - 1)][1]._replace(rule="title_surname:introduced", confidence=confidence)

    def last(self, sighting: Sighting) -> Verdict:
        """The person of that surname named last before; the first one after, if none was.

        Somebody in office goes before somebody who was.
        """
        introduced = self._introduced[sighting.reading.surname]
        gender = ADDRESSED.get(sighting.address)
        if gender:
            introduced = [(start, v) for start, v in introduced if v.gender in ("", gender)]
        if not introduced:
            return NOBODY
        number = bisect_left(introduced, sighting.start, key=_position)
        verdict = introduced[max(0, number - 1)][1]
        if _role(verdict) == "former":
            serving = [
                v for _, v in introduced[max(0, number - ENOUGH) : number] if _role(v) not in ("former", None)
            ]
            verdict = serving[-1] if serving else verdict
        if not isinstance(verdict.value, Minister):
            return NOBODY
        several = any(v.value is None or v.value.name != verdict.value.name for _, v in introduced[:ENOUGH])
        return verdict._replace(rule="surname", confidence=0.6 if several else min(0.9, verdict.confidence))

    def serving(self, sighting: Sighting) -> Verdict:
        """The one minister in office whom the text introduces under the surname."""
        introduced = self._introduced[sighting.reading.surname][:ENOUGH]
        ministers = {v.value.name: v for _, v in introduced if _role(v) not in ("former", None) and v.value}
        if len(ministers) != 1:
            return NOBODY
        (verdict,) = ministers.values()
        return verdict._replace(rule="surname", confidence=0.6)


def addresses(sighting: Sighting, verdict: Verdict) -> bool:
    """Whether the form of address is the person's."""
    return ADDRESSED.get(sighting.address, "") == verdict.gender


def _position(introduction: tuple[int, Verdict]) -> int:
    return introduction[0]


def _role(verdict: Verdict) -> str | None:
    return verdict.value.role if isinstance(verdict.value, Minister) else None


def _fits(verdict: Verdict, sighting: Sighting) -> bool:
    """A minister of the gender that the title says."""
    title = sighting.title
    if title is None or not isinstance(verdict.value, Minister):
        return False
    return title.plural or not verdict.gender or (verdict.gender == "female") == title.female
