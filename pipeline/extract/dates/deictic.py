"""Days seen from the day of writing: "heute", "am gestrigen Montag", "morgen, Mittwoch, 28. Oktober"."""

import re
from datetime import date, timedelta

from pipeline.extract.dates import tense
from pipeline.extract.dates.calendar import LAST_YEAR
from pipeline.extract.dates.clauses import clause_around, sentence
from pipeline.extract.dates.clock import part_after
from pipeline.extract.dates.cues import cue
from pipeline.extract.dates.days import read_days
from pipeline.extract.dates.feasts import BESIDE_FEAST, FEASTS
from pipeline.extract.dates.lexicon import WEEKDAYS
from pipeline.extract.dates.moments import add_day
from pipeline.extract.dates.notation import JOIN
from pipeline.extract.dates.numerals import cardinal
from pipeline.extract.dates.reading import LIKELY, SURE, Reading
from pipeline.extract.dates.spans import moved, same_day_in_year
from pipeline.extract.dates.verbs import PAST
from pipeline.extract.dates.weekdays import EVERY

_NEXT_WEEKDAY = re.compile(
    rf"(?:\s?,\s?|\s|\s?\()(?:(?:den|dem|am|also)\s)?(?P<name>{'|'.join(WEEKDAYS)})(?![a-zäöüß])"
)
_EVENT = re.compile(
    r"\s(?:[a-zäöüß]+en\s)?(?:[a-zäöüß-]*(?:morgenstunden|abendstunden|abend|nachmittag|vormittag|sitzung|kabinett|veranstaltung|pressekonferenz|entscheidung|beschluss|urteil"
    r"|termin|abstimmung"
    r"|eröffnung|übergabe|besuch|plenum|plenardebatte|debatte|beratung|beratungen|gespräch|konferenz"
    r"|treffen|tagung"
    r"|festakt|auftakt|spatenstich|unterzeichnung|verkündung|demonstration|landtagssitzung|tag"
    r"|start)[a-zäöüß]*)"
)
_AWAY = re.compile(
    r"\s(?:genau\s|auf\sden\stag\sgenau\s)?(?P<way>vor"
    r"|in)\s(?:genau\s)?(?P<number>\w{1,24})\s(?P<unit>jahr|jahren|jahre|wochen?|tagen)(?![a-zäöüß])"
)
_WHO_TODAY = re.compile(r"\bwer\sheute\b[^.!?\n]*\Z")
_OF_YESTERDAY = re.compile(r"(?:\bkeine?\s[\w-]+|\bnicht|\bschnee)\svon\s\Z")
_OF_TOMORROW = re.compile(r"[A-ZÄÖÜ][\w-]+ von \Z")
_TOMORROW = re.compile(r"[^.!?\n]{1,120}\bmorgen\b")
_PROVERB = 120
_HOUR = re.compile(r",?\s(?:um\s)?\d{1,2}(?:[.:]\d\d)?\suhr")
_FEAST = re.compile(rf"\s(?:{FEASTS})(?![a-zäöüß-])")
_DIGIT = re.compile(r"\s\d{1,2}\.")
_OF_A_DAY = re.compile(r"\sdes\s\d")
_DAY = re.compile(r"\stage?s?(?![a-zäöüß])")
_PART_ADJECTIVES = frozenset(
    "frühen späten nächsten folgenden selben gleichen ganzen guten schönen am den".split()
)
# "Heute leben dort wenige" is about an age, not about a day.
_GENERIC_AFTER = re.compile(
    r"\s(?:noch|schon|immer|kaum|selbstverständlich|üblich|weniger|mehr|nicht\smehr|zum\steil"
    r"|überwiegend|vielfach|meist"
    r"|vor\sallem|längst|oft|als\s(?:noch|vor|früher|damals|je)|rund|etwa|fast|gut|wieder|so\s)\b"
)
# Enough even in a release, where "heute" is hardly ever an age.
_GENERAL_AFTER = re.compile(
    r"\s(?:noch|kaum|selbstverständlich|üblich|nicht\smehr|überwiegend|vielfach|meist|längst)\b"
)
_CONTRAST = re.compile(r"\b(?:früher|damals|einst|einstmals)\b[^.!?\n]{0,60}\Z")
_AGES_TOLD = frozenset(("year", "century", "decade", "decade in words"))
_LONG = 5  # years after which something is set against "heute"
_HAS_NOW = re.compile(
    r"\b(?:zählt|hat|haben|ist|sind|leben|lebt|nutzen|nutzt|beherbergt|gehört|arbeiten|gibt)\s"
)
_THEN_NOW = re.compile(r"\b(?:früher|damals|einst|einstmals|ehemals)\b[^.!?\n,]{0,60},[^.!?\n,]{0,30}\Z")
_UNLIKE = frozenset("anders mehr weniger besser schlechter schwerer leichter ärmer".split())
_DAY_NOUNS = ("tag", "tagen", "abend", "abenden", "morgen")
_NOT_YET = re.compile(
    r"\s[^.!?\n,;]{0,60}\b(?:nicht|keine?n?|unbekannt|ungeklärt|umstritten|unklar|unvergessen)\b"
)
_STILL_TODAY = re.compile(r"\s(?:in|mit|wird|werden|soll|sollen|im|am)\s")
_AGES = re.compile(r"\b(?:früher|damals|einst|ehemals|einstmals|vergangenheit|anders als|mehr denn je)\b")


def read_deictic(reading: Reading, start: int, end: int, value: str) -> None:
    """ "heute", "gestern", "morgen" and what specifies it."""
    if reading.low.startswith("morgen", start) and _is_part_of_day(reading, start):
        return
    if _read_anniversary(reading, start, end, int(value)):
        return
    if _is_proverbial(reading, start, value):
        reading.reject(start, end, "an age, not a day")
        return
    part, stop = part_after(reading, end)
    if value == "0" and not part and _is_generic(reading, start, end):
        reading.add(start, end, "PRESENT_REF", "DATE", "present age", LIKELY)
        return
    _add_deictic(reading, start, stop, int(value), part)


def _is_proverbial(reading: Reading, start: int, value: str) -> bool:
    """ "Wer heute spart, hat morgen mehr", "die Fachkräfte von morgen" """
    if value == "0":
        return reading.low.startswith("wer ", start - 4) and bool(_TOMORROW.match(reading.low, start))
    if value == "-1":
        return _OF_YESTERDAY.search(reading.low, max(0, start - 40), start) is not None
    return value == "1" and (
        (
            _OF_TOMORROW.search(reading.text, max(0, start - 30), start) is not None
            and reading.low[start + 6 : start + 9] != " an"
        )
        or _WHO_TODAY.search(reading.low, max(0, start - _PROVERB), start) is not None
    )


def _read_anniversary(reading: Reading, start: int, end: int, days: int) -> bool:
    """ "heute vor 30 Jahren", "heute in zwei Wochen", "morgen in einer Woche" """
    away = _AWAY.match(reading.low, end)
    number = cardinal(away["number"]) if away else None
    if away is None or number is None or reading.published is None:
        return False
    if number != int(number):
        reading.reject(start, away.end(), "weeks and a half from today")
        reading.done = away.end()
        return True
    by = int(number) * (-1 if away["way"] == "vor" else 1)
    base = reading.published + timedelta(days=days)
    if away["unit"].startswith("jahr"):
        year = base.year + by
        day = same_day_in_year(base, year) if 1 <= year <= LAST_YEAR else None
    else:
        day = moved(base, "D", by * (7 if away["unit"].startswith("woche") else 1)).day
    if day is None:
        return False
    add_day(reading, start, away.end(), day, day.isoformat(), "distance from today", "", SURE)
    if day.year < reading.published.year:
        reading.story = day.year, away.end()
    return True


def _add_deictic(reading: Reading, start: int, end: int, by: int, part: str) -> None:
    named = _NEXT_WEEKDAY.match(reading.low, end)
    stop = named.end() if named and _fits(reading, named["name"], by) else end
    if stop > end and not part:
        part, stop = part_after(reading, stop)
    joint = JOIN.match(reading.low, stop)
    if joint and read_days(reading, joint.end(), start, None, part):
        return
    if stop < len(reading.low) and reading.low[stop] == ")" and "(" in reading.low[end:stop]:
        stop += 1
    if reading.published is None:
        reading.add(
            start,
            stop,
            "XXXX-XX-XX" + (f"T{part}" if part else ""),
            "TIME" if part else "DATE",
            "day by name",
            LIKELY,
        )
        return
    day = reading.published + timedelta(days=by)
    add_day(reading, start, stop, day, day.isoformat(), "day by name", part, SURE)


def _fits(reading: Reading, name: str, by: int) -> bool:
    day: date | None = reading.published
    return day is None or (day + timedelta(days=by)).weekday() == WEEKDAYS[name]


def _is_part_of_day(reading: Reading, start: int) -> bool:
    """ "am Morgen" is no tomorrow."""
    before = reading.word_before(start)
    if before == "zum" and _OF_A_DAY.match(reading.low, start + 6):
        return True  # "bis zum Morgen des 28. September"
    if reading.text[start].isupper() and before in _PART_ADJECTIVES | EVERY:
        if before in ("am", "frühen") and not reading.calendar_only:
            day = reading.recent_day(start)
            reading.add(start, start + 6, f"{day or 'XXXX-XX-XX'}TMO", "TIME", "part of day", LIKELY)
        return True
    return False


def _is_generic(reading: Reading, start: int, end: int) -> bool:
    """Whether "heute" means the present age. What has happened "heute" happened that day."""
    before, begin = reading.before(start)
    if _HOUR.match(reading.low, end):
        return False
    if reading.low.startswith((" an ", " um ", " ab ", " bis "), end):
        return False
    if before == "als" and reading.word_before(begin) in _UNLIKE:
        return True
    if before == "wie" and reading.word_before(begin).endswith(_DAY_NOUNS):
        return False  # "an Feiertagen wie heute"
    if before == "bis" and _NOT_YET.match(reading.low, end):
        return True  # "bis heute sind die Ursachen nicht geklärt"
    direction = reading.direction(begin if before == "bis" else start, end)
    if direction == PAST:
        return reading.calendar_only and _is_contrasted(reading, start, end)
    if before in ("bis", "schon", "von", "wie", "zwischen"):
        return True
    if before == "noch":
        return not _STILL_TODAY.match(reading.low, end)
    if reading.calendar_only and _is_long_since(reading, start, end):
        return True
    if reading.calendar_only:
        return bool(
            _GENERAL_AFTER.match(reading.low, end) or _CONTRAST.search(reading.low, max(0, start - 90), start)
        )
    if _GENERIC_AFTER.match(reading.low, end):
        return True
    if not reading.is_news() and tense.is_general(reading.text, reading.low, start, end):
        return True
    return bool(_AGES.search(reading.low, max(0, start - 90), min(len(reading.low), end + 70)))


def _is_long_since(reading: Reading, start: int, end: int) -> bool:
    """ "1866 gegründet, zählt der Verein heute 900 Mitglieder" """
    last, published = reading.mentions[-1] if reading.mentions else None, reading.published
    if last is None or published is None or last.rule not in _AGES_TOLD:
        return False
    begin, stop = sentence(reading.low, start, end)
    year = reading.told_year
    if last.start < begin or year is None or year > published.year - _LONG:
        return False
    first, after = clause_around(reading.low, begin, start, end, stop)
    return _HAS_NOW.search(reading.low, first, after) is not None


def _is_contrasted(reading: Reading, start: int, end: int) -> bool:
    """ "Wo früher Kohle gefördert wurde, wachsen heute Reben" """
    if not _THEN_NOW.search(reading.low, max(0, start - 90), start):
        return False
    first, last = clause_around(reading.low, *_bounds(reading, start, end))
    return cue(reading.text[first:last]) != PAST


def _bounds(reading: Reading, start: int, end: int) -> tuple[int, int, int, int]:
    begin, stop = sentence(reading.low, start, end)
    return begin, start, end, stop


def read_deictic_adjective(reading: Reading, start: int, end: int, value: str) -> None:
    """ "am heutigen Dienstag", "in der heutigen Sitzung", "die heutige Jugend"."""
    named = _NEXT_WEEKDAY.match(reading.low, end)
    day = _DAY.match(reading.low, end)
    if named or day:
        stop = (named or day).end()  # type: ignore[union-attr]
        _add_deictic(reading, start, stop, int(value), part_after(reading, stop)[0])
        feast = BESIDE_FEAST.match(reading.low, stop)
        if feast and reading.done == stop:
            reading.done = feast.end()  # "am gestrigen Dienstag nach Ostern" is one day
    elif _FEAST.match(reading.low, end):
        return  # "in der heutigen Walpurgisnacht": the feast speaks for itself
    elif value != "0" or _DIGIT.match(reading.low, end) or _EVENT.match(reading.low, end):
        _add_deictic(reading, start, end, int(value), "")
    elif reading.word_before(start) in ("dem", "das", "der"):
        reading.reject(start, end, "today's in the sense of present-day")
    else:
        reading.add(start, end, "PRESENT_REF", "DATE", "present age", LIKELY)
