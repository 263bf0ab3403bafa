"""Who could be meant by a name: all persons in office since 1990 by given name and surname."""

from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from archive.people import Person, Term, people

# The shapes that one name takes in print: Meißner and MEISSNER, Schönig and Schoenig, Maizière and Maiziere.
FOLDING = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "é": "e",
        "è": "e",
        "ć": "c",
        "č": "c",
        "á": "a",
        "ı": "i",
        "ş": "s",
        "ğ": "g",
        "ç": "c",
        "ž": "z",
        "’": "'",
    }
)
# Given names that are ordinary words or parts of place names: nothing follows from them alone.
WORDLIKE_GIVEN = frozenset(
    "August Adam Falk Grant Heide Holm Mark Roland Roman Rose Ruhe Till Wolf Urban Ken Milan Rosa".split()
)
IN_OFFICE = ("head", "minister", "head of chancellery", "deputy head")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """
    >>> fold("Meißner") == fold("MEISSNER") and fold("Schönig") == fold("Schoenig")
    True
    """
    return name.casefold().translate(FOLDING)


@lru_cache(maxsize=65536)
def given_parts(given: str) -> tuple[str, ...]:
    """("benjamin", "immanuel") for Benjamin-Immanuel; initials are left out."""
    return tuple(part for part in fold(given).replace("-", " ").split() if not part.endswith("."))


class Entry:
    """A person as the register holds one: without terms as state secretary."""

    __slots__ = ("gender", "names", "person", "surname", "terms")

    def __init__(self, person: Person, terms: tuple[Term, ...]) -> None:
        self.person = person
        self.terms = terms
        self.gender = person.gender
        self.surname = fold(person.family.split()[-1])
        names = [(person.given, person.family), *(alias.rsplit(" ", 1) for alias in person.aliases)]
        second = person.given.partition(" ")[2]  # Hermann Onko Aeikens goes by Onko Aeikens
        if second and not second.endswith("."):
            names.append((second, person.family))
        self.names = [(given_parts(given), fold(family.split()[-1])) for given, family in names]

    @lru_cache(maxsize=65536)  # noqa: B019 - entries live as long as the program
    def on(self, day: date | None) -> tuple[Term, ...]:
        """Terms that hold on the day, or a day beside it if none does; all terms if the day is unknown."""
        if day is None:
            return self.terms
        held = tuple(t for t in self.terms if t.from_on <= day and (t.to_on is None or day <= t.to_on))
        return held or tuple(t for t in self.terms if t.covers(day))


class Register:
    """Lookup by full name and by surname; built once."""

    def __init__(self) -> None:
        self.by_surname: dict[str, list[Entry]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        self.given: set[str] = set()
        self.surnames: set[str] = set()
        for person in people():
            terms = tuple(term for term in person.terms if term.rank in IN_OFFICE)
            if terms:
                self._add(person, Entry(person, terms))
        listed = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").split()
        self.given |= set(listed)

    def _add(self, person: Person, entry: Entry) -> None:
        for parts, family in entry.names:
            if entry not in self.by_surname[family]:
                self.by_surname[family].append(entry)
            self.by_name[parts[0], family].append((parts, entry))
        if person.family.istitle() and " " in person.family:
            self.by_surname[fold(person.family)].append(entry)
            self.surnames.add(person.family)
        self.surnames |= {person.family.split()[-1], *(alias.split()[-1] for alias in person.aliases)}
        self.given |= {part for part in person.given.replace("-", " ").split() if part[-1] != "."}

    def full(self, given: str, surname: str) -> list[Entry]:
        """Persons of that full name; given names may be fewer or more than the register's."""
        parts = given_parts(given)
        if not parts:
            return [
                e for e in self.by_surname.get(surname, ()) if fold(given[:1]) == fold(e.person.given[:1])
            ]
        found = self.by_name.get((parts[0], surname), ())
        return list(dict.fromkeys(entry for known, entry in found if _alike(parts, known)))


def _alike(parts: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """One may leave given names out: Benjamin Hoff is Benjamin-Immanuel Hoff."""
    return all(a == b for a, b in zip(parts, known, strict=False))


@cache
def register() -> Register:
    return Register()
