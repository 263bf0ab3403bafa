"""What the build said of a source and year, in the language that is spoken.

The build puts its findings into German sentences, which the table `coverage` holds, made of the parts below.
"""

import re

from archive.german import MONTHS
from serve.language import N_, gettext
from serve.spoken import month, number
from serve.worded import Forms

_N = r"([\d.]+)"
_PARTS = (
    (r"nicht feststellbar", N_("nicht feststellbar")),
    (r"keine Nummern", N_("keine Nummern")),
    (r"Nummern ohne feste Folge", N_("Nummern ohne feste Folge")),
    (r"kein Monat auffällig", N_("kein Monat auffällig")),
    (rf"alle {_N} Listeneinträge abgerufen", N_("alle {0} Listeneinträge abgerufen")),
    (r"1 Listeneintrag abgerufen", N_("1 Listeneintrag abgerufen")),
    (rf"{_N} von {_N} Listeneintr(?:ag|ägen) ohne Abruf", N_("{0} von {1} Listeneinträgen ohne Abruf")),
    (
        rf"{_N} von {_N} Listeneintr(?:ag|ägen) abgerufen, doch keine Mitteilung",
        N_("{0} von {1} Listeneinträgen abgerufen, doch keine Mitteilung"),
    ),
    (
        rf"auffällig wenig im (\w+) \({_N} statt etwa {_N}\)",
        N_("auffällig wenig im {0} ({1} statt etwa {2})"),
    ),
    (r"Nummern? ([\d–]+) lückenlos", N_("Nummern {0} lückenlos")),
    (r"Nummern? ([\d–]+) lückenlos außer ([\d–, ]+)", N_("Nummern {0} lückenlos außer {1}")),
    (
        rf"Nummern? ([\d–]+) lückenlos außer ([\d–, ]+) und {_N} weitere",
        N_("Nummern {0} lückenlos außer {1} und {2} weiteren"),
    ),
    (r"Nummern? ([\d–]+) \((.*)\) lückenlos", N_("Nummern {0} ({1}) lückenlos")),
    (r"Nummern? ([\d–]+) \((.*)\) lückenlos außer (.*)", N_("Nummern {0} ({1}) lückenlos außer {2}")),
    (r"gemeinsam gezählt mit (.*)", N_("gemeinsam gezählt mit {0}")),
)
_FORMS = Forms(_PARTS)
_BETWEEN = re.compile(r"; (?![^(]*\))")  # not within brackets


def statement(told: str) -> str:
    """A finding of the build; what is in none of the forms above stays as it is.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     statement("Nummern 1–214 lückenlos außer 17; 3 von 1.240 Listeneinträgen ohne Abruf")
    'numbers 1–214 without a gap except 17; 3 of 1,240 list entries not fetched'
    """
    return "; ".join(map(_part, _BETWEEN.split(told)))


def _part(told: str) -> str:
    return _FORMS.say(told, _said) or gettext(told)


def _said(part: str) -> str:
    """A number, a month, or a phrase within a phrase."""
    if re.fullmatch(_N, part):
        return number(int(part.replace(".", "")))
    if part in MONTHS:
        return month(MONTHS.index(part) + 1)
    return part if re.fullmatch(r"[\d–, ]+", part) else statement(part)
