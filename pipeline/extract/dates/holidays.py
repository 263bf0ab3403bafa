"""Feast days by year. The Länder differ in which of them are free of work, not in when they are."""

from datetime import date, timedelta
from functools import lru_cache

from pipeline.extract.dates.seasonstarts import BY_MONTH, BY_SUN, season_start


@lru_cache(maxsize=1024)
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous algorithm (Nature, 20 April 1876).

    >>> easter(2018)
    datetime.date(2018, 4, 1)
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


# Days from Easter Sunday.
_MOVABLE: dict[str, int] = {
    "weiberfastnacht": -52, "rosenmontag": -48, "faschingsdienstag": -47, "fastnachtsdienstag": -47,
    "aschermittwoch": -46, "palmsonntag": -7, "gründonnerstag": -3, "karfreitag": -2, "karsamstag": -1,
    "ostern": 0, "osterfest": 0, "ostersonntag": 0, "ostersamstag": -1, "ostertage": 0, "ostertagen": 0,
    "osterfeiertage": 0, "osterfeiertagen": 0, "pfingsttage": 49, "pfingsttagen": 49, "pfingstfeiertage": 49,
    "pfingstfeiertagen": 49, "pfingstsamstag": 48, "ostermontag": 1, "christi himmelfahrt": 39,
    "vatertag": 39,
    "himmelfahrtstag": 39, "himmelfahrt": 39, "weißer sonntag": 7, "weißen sonntag": 7,
    "altweiberfastnacht": -52,
    "pfingsten": 49, "pfingstfest": 49, "pfingstsonntag": 49, "pfingstmontag": 50, "osterdienstag": 2,
    "pfingstdienstag": 51, "osterwochenende": -1, "pfingstwochenende": 48,
    "fronleichnam": 60, "fronleichnamstag": 60, "fronleichnamsfest": 60,
    "schmotziger donnerstag": -52, "schmotzigen donnerstag": -52, "schmutziger donnerstag": -52,
    "schmutzigen donnerstag": -52, "unsinniger donnerstag": -52, "unsinnigen donnerstag": -52,
    "weiberfasnacht": -52, "fasnachtsmontag": -48, "fastnachtsmontag": -48, "faschingsmontag": -48,
    "fasnachtsdienstag": -47, "karnevalsdienstag": -47, "veilchendienstag": -47,
    "fastnachtssonntag": -49, "fasnachtssonntag": -49, "faschingssonntag": -49, "karnevalssonntag": -49,
    "fastnachtssamstag": -50, "fasnachtssamstag": -50, "faschingssamstag": -50, "karnevalssamstag": -50,
    "ostersonnabend": -1, "karsonnabend": -1, "pfingstsonnabend": 48,
}  # fmt: skip

_FIXED: dict[str, tuple[int, int]] = {
    "neujahr": (1, 1), "neujahrstag": (1, 1), "neujahrsnacht": (1, 1), "neujahrsmorgen": (1, 1),
    "heilige drei könige": (1, 6), "dreikönigstag": (1, 6), "dreikönig": (1, 6), "dreikönigsfest": (1, 6),
    "heiligen drei könige": (1, 6), "lichtmess": (2, 2), "valentinstag": (2, 14),
    "heilig drei könig": (1, 6), "heilig drei könige": (1, 6), "heilig-drei-könig": (1, 6),
    "heilig-drei-könige": (1, 6), "heilige-drei-könige": (1, 6), "hl. drei könige": (1, 6),
    "hl. drei könig": (1, 6), "heiligdreikönig": (1, 6), "heiligdreikönigstag": (1, 6),
    "heilig-dreikönig": (1, 6), "heilig-dreikönigstag": (1, 6), "heilig-drei-königs-tag": (1, 6),
    "epiphanias": (1, 6), "lichtmeß": (2, 2), "mariä lichtmess": (2, 2), "mariä lichtmeß": (2, 2),
    "maria lichtmess": (2, 2), "maria lichtmeß": (2, 2),
    "frauentag": (3, 8), "frauentages": (3, 8), "weltfrauentag": (3, 8), "frauenkampftag": (3, 8),
    "walpurgisnacht": (4, 30), "europatag": (5, 9), "johannistag": (6, 24),
    "weltkindertag": (9, 20), "weltkindertages": (9, 20), "halloween": (10, 31),
    "tag der arbeit": (5, 1), "maifeiertag": (5, 1),
    "mariä himmelfahrt": (8, 15), "maria himmelfahrt": (8, 15), "tag der deutschen einheit": (10, 3),
    "tag der einheit": (10, 3),
    "reformationstag": (10, 31), "reformationstages": (10, 31),  "allerheiligen": (11, 1),
    "allerseelen": (11, 2), "martinstag": (11, 11), "nikolaustag": (12, 6), "nikolaus": (12, 6),
    "heiligabend": (12, 24), "heiliger abend": (12, 24), "heiligen abend": (12, 24), "weihnachten": (12, 24),
    "weihnachtsfest": (12, 24), "erster weihnachtstag": (12, 25), "ersten weihnachtstag": (12, 25),
    "erster weihnachtsfeiertag": (12, 25), "ersten weihnachtsfeiertag": (12, 25),
    "zweiter weihnachtstag": (12, 26), "zweiten weihnachtstag": (12, 26),
    "zweiter weihnachtsfeiertag": (12, 26), "zweiten weihnachtsfeiertag": (12, 26),
    "1. weihnachtstag": (12, 25), "1. weihnachtsfeiertag": (12, 25), "2. weihnachtstag": (12, 26),
    "2. weihnachtsfeiertag": (12, 26), "1. feiertag": (12, 25), "2. feiertag": (12, 26),
    "weihnachtsfeiertage": (12, 25), "weihnachtsfeiertagen": (12, 25), "weihnachtstage": (12, 25),
    "weihnachtstagen": (12, 25), "stephanstag": (12, 26), "silvester": (12, 31), "silvesterabend": (12, 31),
    "silvesternacht": (12, 31), "silvestertag": (12, 31),
}  # fmt: skip

# Sundays counted back from the fourth in Advent, the last before Christmas Day.
_ADVENT: dict[str, int] = {
    "volkstrauertag": 5, "volkstrauertages": 5, "totensonntag": 4, "ewigkeitssonntag": 4,
    "erster advent": 3, "ersten advent": 3, "1. advent": 3, "zweiter advent": 2, "zweiten advent": 2,
    "2. advent": 2, "dritter advent": 1, "dritten advent": 1, "3. advent": 1, "vierter advent": 0,
    "vierten advent": 0, "4. advent": 0,
}  # fmt: skip

_ORDINALS = ("vierten vierter 4.", "dritten dritter 3.", "zweiten zweiter 2.", "ersten erster 1.")
_ADVENT |= {
    f"{ordinal} adventssonntag": weeks
    for weeks, ordinals in enumerate(_ORDINALS)
    for ordinal in ordinals.split()
}
# The Saturdays before, with which a weekend begins.
_ADVENT_SATURDAYS: dict[str, int] = {
    f"{ordinal} advents{day}": weeks
    for weeks, ordinals in enumerate(_ORDINALS)
    for ordinal in ordinals.split()
    for day in ("wochenende", "samstag", "sonnabend")
}

_OTHER = (
    "buß- und bettag", "buß-und bettag", "buss- und bettag", "buß- und bettages", "muttertag", "muttertags",
    "erntedank", "erntedankfest", "erntedanktag",
)  # fmt: skip

NAMES: frozenset[str] = frozenset(
    {*_MOVABLE, *_FIXED, *_ADVENT, *_ADVENT_SATURDAYS, *_OTHER, *BY_SUN, *BY_MONTH}
)

# Names of days that are more often a theme than a day: these date only after a preposition.
THEMES: frozenset[str] = frozenset(
    "frauentag frauentages weltfrauentag frauenkampftag weltkindertag weltkindertages himmelfahrt johannistag"
    " nikolaus walpurgisnacht valentinstag europatag halloween erntedank erntedankfest erntedanktag".split()
) | frozenset((*BY_SUN, *BY_MONTH))

# Feasts that last more than the day TIMEX3 gives them.
_LENGTH: dict[str, int] = {"ostern": 2, "osterfest": 2, "pfingsten": 2, "pfingstfest": 2} | dict.fromkeys(
    ("weihnachten", "weihnachtsfest"), 3
)
_LENGTH |= {"osterwochenende": 3, "pfingstwochenende": 3}
_LENGTH |= {name: 2 for name in NAMES if name.endswith(("tage", "tagen", "adventswochenende"))}


def holiday(name: str, year: int) -> date:
    """The day on which the feast of that name (a member of NAMES) falls in a year.

    >>> holiday("buß- und bettag", 2018)
    datetime.date(2018, 11, 21)
    """
    if name in _MOVABLE:
        return easter(year) + timedelta(days=_MOVABLE[name])
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name.startswith("muttertag"):
        first = date(year, 5, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7 + 7)
    if name.startswith("erntedank"):
        first = date(year, 10, 1)
        return first + timedelta(days=(6 - first.weekday()) % 7)
    if name in BY_SUN or name in BY_MONTH:
        return season_start(name, year)
    christmas = date(year, 12, 25)
    fourth_advent = christmas - timedelta(days=christmas.weekday() + 1)
    if name in _ADVENT:
        return fourth_advent - timedelta(weeks=_ADVENT[name])
    if name in _ADVENT_SATURDAYS:
        return fourth_advent - timedelta(weeks=_ADVENT_SATURDAYS[name], days=1)
    return fourth_advent - timedelta(days=32)


def last_day(name: str, first: date) -> date:
    """The last day of a feast that begins on that day."""
    return first + timedelta(days=_LENGTH.get(name, 1) - 1)
