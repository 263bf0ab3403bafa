"""Years, spans of years, decades: "2018", "2018 bis 2021", "Schuljahr 2018/19", "1990er Jahre"; and what is no year."""

import re
from datetime import date

from pipeline.extract.dates.calendar import Span, days_in
from pipeline.extract.dates.lexicon import PARTS_OF_SPAN
from pipeline.extract.dates.reading import GUESSED, LIKELY, SURE, Reading

_YEAR = re.compile(r"[12]\d{3}(?!\d)(?![.,:]\d)(?![a-zäöüß_])(?!/\d{5})")
_PAIR = re.compile(r"(?P<first>[12]\d{3})\s?/\s?(?P<last>[12]\d{3}|\d{2})(?![\d/])(?![.,:]\d)")
_SHORT_RANGE = re.compile(r"(?P<first>[12]\d{3})\s?[-–]\s?(?P<last>\d{2})(?![\d])(?![.,:-]\d)")
_DECADE = re.compile(r"(?P<year>[12]\d{2}0|[2-9]0)er[n]?(?P<years>[-\s]jahren?)?(?![a-zäöüß])")
_MONTH_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d{2})(?![\d/])")

_UNIT = re.compile(
    r"\s?(?:%|€|\$|euro\b|eur\b|dm\b|mark\b|cent\b|prozent|mio|mrd|million|milliarde|tausend|°)"
    r"|\s(?:m|m²|m2|km|kwh|mwh|gwh|kw|mw|ha|qm|kg|g|t|l|watt|volt|uhr|mal|stück|stunden|minuten|jahre|jahren|tage|tagen"
    r"|meter|metern|kilometer|kilometern|quadratmeter|quadratmetern|kubikmeter|hektar|tonnen|liter|grad|einwohner\w*"
    r"|menschen|personen|bürger\w*|kinder\w*|schüler\w*|studierende\w*|studenten|plätze\w*|stellen|beschäftigte\w*"
    r"|mitarbeiter\w*|betriebe\w*|unternehmen|haushalte\w*|wohnungen|fälle\w*|anträge\w*|projekte\w*|vorhaben|besucher\w*"
    r"|teilnehmer\w*|gäste\w*|mitglieder\w*|arbeitsplätze\w*|lehrkräfte\w*|lehrer\w*|polizist\w*|euro-\w+|flüchtlinge\w*"
    r"|zuschauer\w*|soldaten|exemplare\w*|bäume\w*|seiten|franc|dollar|pfund|lire|schilling|franken|ehrenamtliche\w*"
    r"|frauen|männer\w*|jugendliche\w*|patient\w*|tiere\w*|fahrzeuge\w*|gemeinden|kommunen|vereine\w*|neue|weitere"
    r"|zusätzliche\w*|geflüchtete\w*|seelen|leute\w*|hühner|rinder|schweine\w*|impfungen|dosen|tests|ärzte\w*|betten|kitas)\b"
)  # fmt: skip
_THROUGH = re.compile(r"\s?(?:bis|-|–|und)\s?(?:zu\s)?\d{3,5}")
_LAST_YEAR = re.compile(r"\s(?:im|pro|je)\s(?:jahr|vergangenen|letzten|vorigen|kommenden|diesem)")
_QUANTIFIED = frozenset(
    "rund knapp über fast circa ca. insgesamt davon mehr weit gut je jeweils pro mindestens höchstens lediglich"
    " maximal zirka weiteren weitere etwa ungefähr nahezu jene ganze stolze".split()
)
_SAFE_AFTER_QUANTIFIER = frozenset(
    ("etwa", "ungefähr", "circa", "ca.", "über", "insgesamt", "gut", "je", "jeweils", "weit")
)
_NUMBERED = frozenset(
    "nr nr. nummer art. artikel § §§ s. seite postfach plz tel tel. telefon fax din iso en bgbl az az. drs. drs"
    " drucksache € eur euro $ dm zimmer raum hausnummer azr modell typ abs. rn. rn zi. zif. aktenzeichen az.: tel.: fax: telefon:"
    " natura durchwahl hotline nummer: nr.: pf fl. apparat -".split()
)
_GROUPS = re.compile(r" (?!19|20)\d{4}(?!\d)(?![-–.]\d)")
_GROUP_BEFORE = re.compile(r"(?<!\d)(?!19|20)\d{4} \Z")
_PHONE = re.compile(
    r"(?:iban:?\sde|tel|fax|telefon|durchwahl|mobil|hotline|rufnummer|phone)[a-z]*\.?:?\s?[\d\s/()+.–-]*\Z"
)
_TIME_PREPOSITIONS = frozenset(
    "im seit ab bis anno jahr jahre jahres jahren in von vor nach um zwischen gegen und für anfang ende mitte aus"
    " sommer herbst winter frühjahr frühling jahrgang geboren sowie oder".split()
)
_STRICT = frozenset("jahr jahre jahres seit im anno ab bis um sommer herbst winter frühjahr".split())
_LOOSE = frozenset("in von aus für und sowie oder nach vor gegen".split())
_NOUN = re.compile(r"\s[A-ZÄÖÜ][a-zäöüß]")
_SCHOOL = re.compile(r"(?:schul|kindergarten|kita|ausbildungs|lehr)jahr(?:es|s|e|en)?\s{1,2}(?:\(\s?)?\Z")
_DIRECTIVE = re.compile(r"\d{4}/\d{1,4}(?:/(?:eg|eu|ewg|euratom|gasp))?(?!\d)")
_EUROPEAN = re.compile(
    r"(?:\((?:eu|eg|ewg)\)|(?:richtlinie|verordnung|beschluss|entscheidung)(?:\s\((?:eu|eg|ewg)\))?)\s(?:nr\.\s)?(?:\d{1,4}/)?\Z"
)
_LEGAL = re.compile(r"(?:\bs\.|seite|nr\.|art\.|§§?|abs\.|rn\.|bgbl\.\s?[iv]+)\s?\Z")
_MONTH_LEADS = frozenset("im seit ab bis vom von stand stand: zum ende anfang mitte".split())


def read_digits(reading: Reading, start: int, end: int) -> None:
    """A run of digits that is neither day nor time: perhaps a year, a span of years, a decade."""
    low = reading.low
    decade = _DECADE.match(low, start)
    if decade:
        _add_decade(reading, decade)
        return
    if end - start < 3:
        _read_month_year(reading, start)
        return
    if not _YEAR.match(low, start):
        return
    pair = _PAIR.match(low, start)
    if pair and not _EUROPEAN.search(low, max(0, start - 40), start) and _add_pair(reading, pair):
        return
    if _is_number(reading, start, end):
        return
    short = _SHORT_RANGE.match(low, start)
    if short and 0 < int(short["last"]) - int(short["first"]) % 100 < 60:
        last = short["first"][:2] + short["last"]
        reading.add(start, short.end(), f"{short['first']}/{last}", "DATE", "span of years")
        return
    begin = _with_part(reading, start)
    number = int(low[start:end])
    reading.add(begin, end, low[start:end], "DATE", "year", SURE if 1900 <= number < 2060 else GUESSED)


def _with_part(reading: Reading, start: int) -> int:
    """ "Anfang 2018" begins with "Anfang"."""
    word, begin = reading.before(start)
    return begin if word in PARTS_OF_SPAN and begin >= reading.done else start


def _is_number(reading: Reading, start: int, end: int) -> bool:
    """Whether four digits are a number of something; a rejection tells of what."""
    low = reading.low
    before = reading.word_before(start)
    reason = ""
    through = _THROUGH.match(low, end)
    if _UNIT.match(low, through.end() if through else end):
        reason = "quantity"
    elif before in _NUMBERED or _LEGAL.search(low, max(0, start - 12), start):
        reason = f"number after {before!r}"
    elif _DIRECTIVE.match(low, start) or _EUROPEAN.search(low, max(0, start - 40), start):
        reason = "number of a European act"
    elif low[start - 1 : start] == "/" and low[start - 2 : start - 1].isalnum():
        reason = "number of a document"
    elif _GROUPS.match(low, end) or _GROUP_BEFORE.search(low, max(0, start - 6), start):
        reason = "group of a long number"
    elif _PHONE.search(low, max(0, start - 40), start):
        reason = "number of a telephone"
    else:
        reason = _quantity(reading, start, end, before)
    if reason:
        reading.reject(start, end, reason)
    return bool(reason)


def _quantity(reading: Reading, start: int, end: int, before: str) -> str:
    number = int(reading.low[start:end])
    if before in _QUANTIFIED and (number % 100 == 0 or before not in _SAFE_AFTER_QUANTIFIER):
        return f"quantity after {before!r}"
    cued = before in _TIME_PREPOSITIONS or before.endswith("(") or reading.low[start - 1 : start] in "(,"
    noun = bool(_NOUN.match(reading.text, end))
    if 1900 <= number < 2060 and number % 50:
        return ""
    if number % 50 == 0 and number < 1900 and (not cued or before in _LOOSE):
        return "round quantity"
    if number % 50 == 0 and noun and before not in _STRICT:
        return "round quantity"
    if number % 1000 == 0 and noun and before not in ("jahr", "jahre", "seit", "im"):
        return "round quantity"
    if _LAST_YEAR.match(reading.low, end):
        return "quantity in a year"
    if 1400 <= number < 2100:
        return "" if cued or not noun else "quantity before a noun"
    return "" if before in ("jahr", "jahre", "jahres", "anno", "um", "seit") else "no year of our time"


def _add_pair(reading: Reading, pair: re.Match[str]) -> bool:
    """ "2023/2024", "Schuljahr 2018/19" """
    first = int(pair["first"])
    last = int(pair["last"]) if len(pair["last"]) == 4 else first // 100 * 100 + int(pair["last"])
    if len(pair["last"]) == 2 and last < first:
        last += 100
    if not first < last <= first + 20:
        return False
    school = last == first + 1 and _SCHOOL.search(reading.low, max(0, pair.start() - 24), pair.start())
    days: Span = school_year(first) if school else (f"{first}-01-01", f"{last}-12-31")
    rule = "school year" if school else "pair of years"
    reading.add(pair.start(), pair.end(), f"{first}/{last}", "DATE", rule, SURE, days)
    return True


def school_year(first: int) -> Span:
    """A school year runs from 1 August to 31 July in all Länder (Hamburg agreement, section 1)."""
    return f"{first}-08-01", f"{first + 1}-07-31"


def _add_decade(reading: Reading, found: re.Match[str]) -> None:
    year = found["year"]
    if len(year) == 2:
        if not found["years"] and reading.word_before(found.start()) not in (
            "den",
            "der",
            "die",
            "ende",
            "mitte",
            "anfang",
        ):
            return
        year = ("20" if year == "00" else "19") + year
    reading.add(found.start(), found.end(), year[:3], "DATE", "decade")


def read_decade(reading: Reading, start: int, end: int, value: str) -> None:
    """ "in den sechziger Jahren" """
    if reading.low[start:end].endswith(("jahre", "jahren")):
        reading.add(start, end, f"19{value[0]}", "DATE", "decade in words")
        return
    after = _YEARS.match(reading.low, end)
    if after is None and not reading.text[start].isupper():
        return
    if after is None and reading.word_before(start) not in ("den", "der"):
        return
    reading.add(start, after.end() if after else end, f"19{value[0]}", "DATE", "decade in words")


_YEARS = re.compile(r"[-\s]jahren?(?![a-zäöüß])")


def _read_month_year(reading: Reading, start: int) -> None:
    """ "seit 03/2020"; without a preposition it is the number of a release."""
    found = _MONTH_YEAR.match(reading.low, start)
    if found is None:
        return
    before = reading.word_before(start)
    if before in _MONTH_LEADS:
        reading.add(
            start,
            found.end(),
            f"{found['year']}-{int(found['month']):02d}",
            "DATE",
            "month in digits",
            LIKELY,
        )
    else:
        reading.done = found.end()
        reading.reject(start, found.end(), "number of a document")


def school_year_of(day: date) -> int:
    """The year in which the school year of that day began."""
    return day.year if day.month >= 8 else day.year - 1


def month_days(year: int, month: int) -> Span:
    return f"{year}-{month:02d}-01", f"{year}-{month:02d}-{days_in(year, month)}"
