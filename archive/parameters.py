"""What a program may ask a search for: every filter under its two names, with values that are read strictly.

What people type is forgiven (`selection.asked`); a program that is misunderstood in silence takes the wrong
data for the right ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.errors import ArchiveError
from archive.filters import FLAGS
from archive.german import KINDS, LANDS
from archive.selection import Asked, asked

LONGEST = 500  # characters of a value
YES, NO = "1", "0"
Form = Literal["text", "date", "number", "flag"]


class ParameterError(ArchiveError):
    """A parameter is unknown or its value means nothing; the message names both and what is right."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A filter, or the words to look for."""

    name: str  # in addresses
    option: str  # on the command line; in Python with an underscore for each hyphen
    metavar: str
    help: str
    description: str  # German
    form: Form = "text"
    pattern: str = ""  # that the whole value fits
    allowed: tuple[str, ...] = ()

    @property
    def keyword(self) -> str:
        return self.option.replace("-", "_")


def _flag(name: str, option: str, help_: str, description: str) -> Parameter:
    return Parameter(name, option, "", help_, description, "flag", allowed=(NO, YES))


PARAMETERS = (
    Parameter(
        *("q", "query", "WORDS", "Words to look for, as on the search page."),
        "Suchwörter in der Sprache der Suche, siehe /suche/hilfe.",
    ),
    Parameter(
        *("land", "jurisdiction", "CODE", "Of this Land, for instance DE-TH; DE is the federation."),
        "Land nach ISO 3166-2, etwa DE-TH; DE ist der Bund.",
        allowed=tuple(LANDS),
    ),
    Parameter(
        *(
            "herausgeber",
            "publisher",
            "NAME",
            "By this publisher: its key, or a full name that it has or had.",
        ),
        "Herausgeber: sein Schlüssel oder ein voller Name, auch ein früherer.",
    ),
    Parameter(
        *("quelle", "source", "KEY", "From this source."),
        "Schlüssel der Quelle.",
        pattern=r"[a-z0-9][a-z0-9-]*",
    ),
    Parameter(
        "art",
        "kind",
        "KIND",
        "Of this kind: press_release, joint_release, media_invitation, speech …",
        "Art der Mitteilung.",
        allowed=tuple(KINDS),
    ),
    Parameter(*("jahr", "year", "YYYY", "Of this year.", "Jahr der Veröffentlichung."), pattern=r"[0-9]{4}"),
    Parameter(
        *("von", "since", "DAY", "Published on this day (YYYY-MM-DD) or later."),
        "Veröffentlicht an diesem Tag oder danach.",
        "date",
    ),
    Parameter(
        *("bis", "until", "DAY", "Published on this day or earlier."),
        "Veröffentlicht an diesem Tag oder davor.",
        "date",
    ),
    Parameter(
        "kreis",
        "district",
        "AGS",
        "Naming this district or a place in it, by its official key of 5 digits.",
        "Nennt diesen Kreis oder einen Ort darin: amtlicher Schlüssel, fünf Ziffern.",
        pattern=r"[0-9]{5}",
    ),
    Parameter(
        *("gemeinde", "municipality", "AGS", "Naming this municipality, by its official key of 8 digits."),
        "Nennt diese Gemeinde: amtlicher Schlüssel, acht Ziffern.",
        pattern=r"[0-9]{8}",
    ),
    Parameter(
        *("person", "person", "ID", "Naming this minister, by the id in the table ministers."),
        "Nennt diese Person: ihre Kennung in der Tabelle ministers.",
    ),
    Parameter(
        *("amt", "office", "OFFICE", "Naming the holder of an office."),
        "Nennt jemanden in diesem Amt.",
    ),
    Parameter(
        *("betrag_von", "amount-from", "EUROS", "Naming an amount of at least so much."),
        "Nennt einen Betrag von mindestens so viel Euro.",
        "number",
        r"[0-9]{1,15}(\.[0-9]{1,2})?",
    ),
    Parameter(
        *("betrag_bis", "amount-to", "EUROS", "Naming an amount of at most so much."),
        "Nennt einen Betrag von höchstens so viel Euro.",
        "number",
        r"[0-9]{1,15}(\.[0-9]{1,2})?",
    ),
    _flag("geaendert", "changed", "Seen in more than one version.", "1: in mehr als einer Fassung gesehen."),
    _flag("verschwunden", "missing", "Whose page is gone.", "1: vom Portal verschwunden."),
    _flag("anhang", "with-attachment", "With an attached file.", "1: mit angehängter Datei."),
    _flag("foerderung", "with-grant", "Telling of a grant.", "1: erzählt von einer Förderung."),
)
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
assert {p.name for p in PARAMETERS if p.form == "flag"} == set(FLAGS)


def strictly(given: Mapping[str, str]) -> Asked:
    """What is asked for, by the names in addresses. Raises ParameterError where a value means nothing."""
    for name, value in given.items():
        if name not in BY_NAME:
            raise ParameterError(f"{name!r} is no parameter here; known are {', '.join(BY_NAME)}")
        check(BY_NAME[name], value)
    return asked(given)


def check(parameter: Parameter, value: str, called: str = "") -> None:
    """Raises ParameterError where the value means nothing; `called` is the name that was used."""
    name = called or parameter.name
    if not value.strip() or len(value) > LONGEST:
        raise ParameterError(f"{name}: give 1 to {LONGEST} characters, or leave it out")
    if parameter.allowed and value not in parameter.allowed:
        raise ParameterError(f"{name}: {value!r} is none of {', '.join(parameter.allowed)}")
    if parameter.pattern and not re.fullmatch(parameter.pattern, value):
        raise ParameterError(f"{name}: {value!r} does not fit {parameter.pattern}")
    if parameter.form == "date" and not _is_day(value):
        raise ParameterError(f"{name}: {value!r} is no day; write it as 2018-03-28")


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
