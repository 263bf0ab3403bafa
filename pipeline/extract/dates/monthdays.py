"""Days whose month is told elsewhere: "am 5. des Monats", "am 15. des nächsten Monats", "am 27."."""

import re
from datetime import date

from pipeline.extract.dates.calendar import days_in, is_day, shift_months
from pipeline.extract.dates.lexicon import SHIFTS, WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.numerals import ORDINALS
from pipeline.extract.dates.reading import LIKELY, MEMORY, Reading
from pipeline.extract.dates.verbs import FUTURE, PAST, looks_finite

_OF_MONTH = re.compile(
    r"(?P<day>\d{1,2})\.(?:\s(?:(?:des|dieses)\s(?:(?P<shift>[a-zäöüß]+en)\s)?(?P<month>monate?s)(?![a-zäöüß])"
    r"|(?P<this>d(?:s|ies)?\.\s?m(?:ts?)?\.)|(?P<last>v\.\s?m(?:ts?)?\.)"
    r"|des\s(?P<beside>vor|folge)monate?s(?![a-zäöüß]))"
    r"|(?=[,;)]|\s\w|\s?\Z|\n))"
)
# "vom 17. bis 20. d. M.", "am 3. und 4. dieses Monats"
_LISTED_OF_MONTH = re.compile(
    r"(?P<first>\d{1,2})\.\s?(?:bis(?:\szum)?|und|-|–)\s?(?P<last>\d{1,2})\.\s"
    r"(?:d\.\s?m\.|(?:des|dieses)\s(?:(?P<shift>[a-zäöüß]+en)\s)?monate?s(?![a-zäöüß]))"
)
_OF_SAME_MONTH = re.compile(
    r"(?P<day>\d{1,2})\.\s(?:desselben|des\sselben|des\sgleichen)\smonate?s(?![a-zäöüß])"
)
_ON_WEEKDAY = re.compile(
    rf"(?P<day>\d{{1,2}})\.\s(?:auf\s(?:einen|den)|ein)\s(?P<name>{'|'.join(WEEKDAYS)})(?![a-zäöüß])"
)
_ITEM = re.compile(r"(?P<day>\d{1,2})\.(?:\s?[–:]\s|\s-\s)")
_NEAR_ITEM, _LABEL = 250, 6
_ORDINAL_OF = re.compile(
    rf"(?P<day>letzten|{'|'.join(word for word in ORDINALS if word.endswith('en'))})"
    r"\s(?:des|dieses)\s(?:(?P<shift>[a-zäöüß]+en)\s)?\Z"
)
_NEAR_TOLD, _FEW_DAYS = 100, 10
_MOST_OF_MONTH = 24  # days
_STOP = re.compile(r"[.!?]\s|(?<!genau)(?<!genauer):\s")
_ON_THE = frozenset(("ab", "seit", "für", "auf"))
_ON = frozenset(("am", "vom", "zum", "bis", "ab"))
_WORD = re.compile(r"\s(\w+)")
_FUNCTION = frozenset(
    "bis und oder in im auf von noch wieder nur um ab statt zu zum zur mit bei für an also auch dann schon"
    " erst nach vor sowie der die das den dem ein eine als wie jeweils wegen aber ganz gegen morgens früh"
    " vormittags mittags nachmittags abends nachts".split()
)
# What a bare number before a noun may count: "am 3. Spieltag", "am 2. Kongress"
_COUNTS_ON = re.compile(r"\s(?:und|oder|bis|sowie)\s\d{1,2}\.\s(?P<noun>[A-ZÄÖÜ]\w+)")
# The further days of "am 21., 22. und 23."
_OTHER_DAY = re.compile(
    r"(?:,|,?\s(?:und|oder|sowie|bis(?:\szum)?))\s(?P<day>\d{1,2})\.(?!\s?\d|\s?[–-]\d)(?=[,;)]|\s\w|\s?\Z|\n)"
)
_COUNTED = (
    "tag", "tage", "tages", "wochenende", "advent", "platz", "abschnitt", "kongress", "forum", "gipfel",
    "lauf", "gymnasium", "bataillon", "zug", "senat", "quartal", "halbjahr", "jahr", "monat", "woche",
    "konferenz", "runde", "etappe", "mal", "messe", "treffen", "workshop", "seminar", "wettbewerb", "landtag",
    "tagung", "preis",
)  # fmt: skip


def read_day_of_month(reading: Reading, start: int) -> bool:
    """ "am 5. des Monats", "am 15. des nächsten Monats", and "am 27." alone."""
    if "." not in reading.low[start + 1 : start + 3]:
        return False
    if _read_listed(reading, start):
        return True
    if reading.published is not None and _read_on_weekday(reading, start):
        return True
    if _read_same_month(reading, start):
        return True
    if _read_item(reading, start):
        return True
    found = _OF_MONTH.match(reading.low, start)
    if found is None or reading.published is None or not _is_led(reading, start, found):
        return False
    day = int(found["day"])
    if found["beside"] or found["last"]:
        year, month = _month_beside(reading, 1 if found["beside"] == "folge" else -1)
    elif found["shift"] is not None or found["month"] or found["this"]:
        year, month = _shifted_month(reading, found["shift"])
    else:
        told = _told_month(reading, start, day)
        if not _goes_on(reading, start, found.end(), told):
            return False
        year, month = told or _month_of_day(reading, day, start, found.end())
        if _lasts_already(reading, start, year, month, day):
            year, month = _month_of_last(reading.published, day)
    if not is_day(year, month, day):
        return False
    timex = f"{year:04d}-{month:02d}-{day:02d}"
    add_day(reading, start, found.end(), date(year, month, day), timex, "day of a month", "", LIKELY)
    if not (found["beside"] or found["last"] or found["month"] or found["this"]):
        _add_listed(reading, found.end(), year, month, day)
    return True


def _add_listed(reading: Reading, end: int, year: int, month: int, day: int) -> None:
    """The other days of "am 3. und 4.", "am 21., 22. und 23." """
    other = _OTHER_DAY.match(reading.low, end)
    while other and day < int(other["day"]) and is_day(year, month, int(other["day"])):
        day, end = int(other["day"]), other.end()
        timex = f"{year:04d}-{month:02d}-{day:02d}"
        begin = other.start("day")
        add_day(reading, begin, end, date(year, month, day), timex, "day of a month", "", LIKELY)
        other = _OTHER_DAY.match(reading.low, end)


def _read_item(reading: Reading, start: int) -> bool:
    """A line "26. – Weimar" after lines "22. Mai – Gera"."""
    if start == 0 or reading.low[start - 1] != "\n":
        return False
    found, told = _ITEM.match(reading.low, start), reading.day
    line = reading.low.rfind("\n", 0, reading.day_at) + 1
    if found is None or told is None or start - reading.day_at > _NEAR_ITEM or reading.day_at - line > _LABEL:
        return False
    day = int(found["day"])
    month = (told.year, told.month) if day >= told.day else shift_months(told.year, told.month, 1)
    if not is_day(*month, day):
        return False
    new = date(*month, day)
    add_day(reading, start, found.end("day") + 1, new, new.isoformat(), "day of a month", "", LIKELY)
    return True


def _told_month(reading: Reading, start: int, day: int) -> tuple[int, int] | None:
    """The month told of in the sentence, or of a day just before which this one follows."""
    if _same_sentence(reading, start):
        told = reading.told_month(start)
        return shift_months(*told, 1) if told and _turns_month(reading, told, day) else told
    told = reading.told_month(start, _NEAR_TOLD)
    if told is None or reading.day is None or (reading.day.year, reading.day.month) != told:
        return None
    before = reading.word_before(start)
    near = day > reading.day.day or (before == "der" and reading.day.day - day <= _FEW_DAYS)
    return told if near and "\n\n" not in reading.low[reading.day_at : start] else None


def _lasts_already(reading: Reading, start: int, year: int, month: int, day: int) -> bool:
    """Whether "seit dem 17." would lie ahead."""
    word, begin = reading.before(start)
    if word != "dem" or reading.word_before(begin) != "seit" or reading.published is None:
        return False
    return (year, month, day) > (reading.published.year, reading.published.month, reading.published.day)


def _month_of_last(published: date, day: int) -> tuple[int, int]:
    return shift_months(published.year, published.month, -(day > published.day))


def _turns_month(reading: Reading, told: tuple[int, int], day: int) -> bool:
    """Whether a list goes on in the next month: "am 31. Mai und auch am 3." """
    last = reading.day
    if last is None or reading.published is None or (last.year, last.month) != told:
        return False
    return last >= reading.published and last.day - day >= _MOST_OF_MONTH


def _goes_on(reading: Reading, start: int, end: int, told: tuple[int, int] | None) -> bool:
    """Whether what follows a bare number lets it be a day, not the third of some things."""
    word, listed = _WORD.match(reading.text, end), _COUNTS_ON.match(reading.text, end)
    if listed and (told is None or reading.word_before(start) not in _ON):
        return False
    if listed:
        return not listed["noun"].lower().endswith(_COUNTED)  # "am 1. und 2. Feiertag"
    if word is None or word[1] in _FUNCTION or looks_finite(word[1]):
        return True
    if not word[1][0].isupper() or told is None or reading.word_before(start) not in _ON:
        return False
    return not word[1].lower().endswith(_COUNTED)  # "genauer am 15. Einladungen folgen"


def _read_listed(reading: Reading, start: int) -> bool:
    found = _LISTED_OF_MONTH.match(reading.low, start)
    if found is None or reading.published is None:
        return False
    year, month = _shifted_month(reading, found["shift"])
    days = [int(found["first"]), int(found["last"])]
    if not all(is_day(year, month, day) for day in days):
        return False
    ends = (found.end("first") + 1, found.end())
    for begin, end, day in zip((start, found.start("last")), ends, days, strict=True):
        timex = f"{year:04d}-{month:02d}-{day:02d}"
        add_day(reading, begin, end, date(year, month, day), timex, "day of a month", "", LIKELY)
    return True


def _read_same_month(reading: Reading, start: int) -> bool:
    """ "am 22. desselben Monats" """
    found = _OF_SAME_MONTH.match(reading.low, start)
    told = reading.told_month(start, MEMORY) if found else None
    if found is None or told is None or not is_day(*told, int(found["day"])):
        return False
    day = date(*told, int(found["day"]))
    add_day(reading, start, found.end(), day, day.isoformat(), "day of a month", "", LIKELY)
    return True


def _read_on_weekday(reading: Reading, start: int) -> bool:
    """ "weil der 31. auf einen Sonntag fällt": of the month told of, or the nearest that fits."""
    found = _ON_WEEKDAY.match(reading.low, start)
    published = reading.published
    if found is None or published is None or reading.word_before(start) not in ("der", "den", "dem"):
        return False
    day, weekday = int(found["day"]), WEEKDAYS[found["name"]]
    base = reading.recent_day(start) or published
    months = [shift_months(base.year, base.month, by) for by in (0, 1, -1, 2, -2)]
    fitting = [
        date(year, month, day)
        for year, month in months
        if is_day(year, month, day) and date(year, month, day).weekday() == weekday
    ]
    if not fitting:
        return False
    nearest = min(fitting, key=lambda other: abs(other - base))
    end = found.end("day") + 1
    add_day(reading, start, end, nearest, nearest.isoformat(), "day of a month", "", LIKELY)
    reading.done = found.end()
    return True


def read_ordinal_of_month(reading: Reading, start: int, end: int) -> bool:
    """ "seit dem Ersten des Monats"; the word "Monats" stands between the offsets."""
    before = _ORDINAL_OF.search(reading.low, max(reading.done, start - 40), start)
    if before is None or reading.published is None:
        return False
    year, month = _shifted_month(reading, before["shift"])
    day = days_in(year, month) if before["day"] == "letzten" else ORDINALS[before["day"]]
    if not reading.text[before.start()].isupper():
        return False
    new = date(year, month, day)
    add_day(reading, before.start(), end, new, new.isoformat(), "day of a month", "", LIKELY)
    return True


def _is_led(reading: Reading, start: int, found: re.Match[str]) -> bool:
    word, begin = reading.before(start)
    if word == "der" and (found["month"] or found["this"]):
        return True  # "Stichtag ist der 15. dieses Monats"
    if word == "der" and _is_near_told(reading, start, found):
        return True  # "erinnert an den 17. Mai: Der 18. ist zu spät"
    if word == "bis" and reading.word_before(begin)[-1:].isdigit():
        return False  # "die Häuser 7 bis 12."
    return word in _ON or (word in ("dem", "den") and reading.word_before(begin) in _ON_THE)


def _is_near_told(reading: Reading, start: int, found: re.Match[str]) -> bool:
    """Whether a day of the same month was told just before, and a verb or a comma follows."""
    told = reading.told_month(start, _NEAR_TOLD)
    after = _WORD.match(reading.text, found.end())
    if told is None or reading.day is None or (reading.day.year, reading.day.month) != told:
        return False
    verb = after is None or after[1] in _FUNCTION or looks_finite(after[1])
    return verb and abs(int(found["day"]) - reading.day.day) <= _FEW_DAYS


def _same_sentence(reading: Reading, start: int) -> bool:
    last = reading.mentions[-1].end if reading.mentions else 0
    return _STOP.search(reading.low, last, start) is None


def _month_beside(reading: Reading, by: int) -> tuple[int, int]:
    published = reading.published or date.min
    return shift_months(published.year, published.month, by)


def _shifted_month(reading: Reading, adjective: str | None) -> tuple[int, int]:
    published = reading.published or date.min
    return shift_months(published.year, published.month, SHIFTS.get(adjective or "", 0))


def _month_of_day(reading: Reading, day: int, start: int, end: int) -> tuple[int, int]:
    """The month of "am 27.": this one, unless the tense says the one before or after."""
    published = reading.published or date.min
    direction = reading.direction(start, end)
    by = 1 if day < published.day and direction == FUTURE else 0
    by = -1 if day > published.day and direction == PAST else by
    return shift_months(published.year, published.month, by)
