"""What makes four digits a number and no year: "2020 Euro", "rund 2000 Gäste", "Nr. 2018", "2016/679"."""

import re

from pipeline.extract.dates.reading import Reading

_MEASURE = re.compile(
    r"\s?(?:%|€|\$|°|euro\b|eur\b|dm\b|mark\b|cent\b|prozent|mio|mrd|million|milliarde|tausend)"
    r"|\s(?:m|m²|m2|km|kwh|mwh|gwh|kw|mw|ha|qm|kg|g|t|l|watt|volt|uhr|mal|stück|stunden|minuten|jahren?"
    r"|tagen?|metern?"
    r"|kilometern?|quadratmetern?|kubikmetern?|hektar|tonnen|liter|grad|seiten|franc|dollar|pfund|lire"
    r"|schilling"
    r"|franken|euro-\w+|exemplaren?)(?![a-zäöüß])"
    r"|\s(?:hektoliter|festmeter|zentner|kilogramm|kilowatt|megawatt)n?\b"
)
# Nouns so often counted that the digits before them are their number.
_PERSONS = re.compile(
    r"\s(?:menschen|personen|einwohner|bürger|besucher|teilnehm|gäste|zuschauer|flüchtling|geflüchtet"
    r"|leute|seelen"
    r"|mitglieder|soldaten|arbeitsplätze|beschäftigte)"
)
# Nouns that a year may stand before as well: "wurden 2018 Projekte gefördert".
_COUNTED = re.compile(
    r"\s(?:(?:neue|weitere|zusätzliche|junge)n?\s)?(?:[a-zäöüß-]*(?:kinder|schüler|studierende|studenten"
    r"|plätze|stellen"
    r"|mitarbeiter|betriebe|unternehmen|haushalte|wohnungen|fälle|anträge|projekte|vorhaben|lehrkräfte"
    r"|lehrer|polizist"
    r"|bäume|ehrenamtliche|frauen|männer|mädchen|jungen|jugendliche|patient|tiere|fahrzeuge|gemeinden|kommunen|vereine"
    r"|hühner|rinder"
    r"|schweine|impfungen|dosen|tests|ärzte|betten|kitas|maßnahmen|bescheide|verfahren|einsätze|hinweise|verstöße|unfälle|meldungen"
    r"|beratungen))"
)
_TOLD_NOUN = re.compile(r"\s(?!Millionen|Milliarden)[A-ZÄÖÜ][a-zäöüß]+(?:en|n|e|er)(?![\w-])")
_JOINS = frozenset(
    "und oder sowie bis auf für von im in seit ab nach gegenüber als wie jahr haushalt".split()
)
_SAME_CLAUSE = re.compile(r"\s(?:[^\s.,;:!?()\d–]+\s){1,6}")
_THROUGH = re.compile(r"\s?(?:bis|-|–|und)\s?(?:zu\s)?\d{3,5}")
_IN_A_YEAR = re.compile(r"\s(?:im|pro|je)\s(?:jahr|vergangenen|letzten|vorigen|kommenden|diesem)")
_NOUN = re.compile(r"\s[A-ZÄÖÜ][a-zäöüß]")

_BEING = re.compile(r"\s(?:sein|werden|gewesen)(?![a-zäöüß])")
_QUANTIFIED = frozenset(
    "rund knapp fast mehr mindestens höchstens lediglich maximal zirka weiteren weitere nahezu"
    " stolze jene davon pro".split()
)
_PERHAPS_QUANTIFIED = frozenset("etwa ungefähr circa ca. über insgesamt gut je jeweils weit ganze".split())
_COUNTING_PREPOSITIONS = frozenset("mit auf an um von für zu über durch aus".split())
_NUMBERED = frozenset(
    "nr nr. nummer nummer: nr.: art. artikel § §§ s. seite postfach plz tel tel. tel.: telefon"
    " telefon: fax fax: din iso en bgbl bgbl. gvbl. az az. az.: drs. drs drucksache € eur euro $ dm zimmer"
    " raum hausnummer modell typ abs. rn. natura fl. apparat aktenzeichen hotline durchwahl"
    " kapitel titel paragraf paragraph zeile kontonummer konto blz ice ic re rb kreisstraße"
    " landesstraße bundesstraße linie einwohnerzahl: kennzeichen flur flurstück position gemarkung"
    " los ral bmw rover porsche windows vfb vfl fc sc sv tsv tus fsv sg esv psv ssv msv".split()
)
# After these, most years stand; they begin no number of a document, a law or a telephone.
_PLAIN_LEADS = frozenset(
    "im jahr jahre jahres jahren seit ab bis von in und vom ende anfang mitte für gegenüber oder sowie als"
    " zum nach um zwischen januar februar märz april mai juni juli august september oktober november dezember"
    " sommer herbst winter frühjahr".split()
)
_LEGAL = re.compile(r"(?:\bs\.|\bseite|nr\.|\bart\.|§§?|\babs\.|\brn\.|bgbl\.\s?[iv]+)\s?\Z")
_PAID = re.compile(
    r"(?:\d|mio\.?|mrd\.?|millionen|milliarden|tsd\.?)\s?(?:euro|eur|€|dm)\s\Z"
)  # "8,6 Mio. Euro 2012"
_PHONE = re.compile(
    r"\b(?:iban:?\sde|tel|fax|telefon|telefonnummer|telefax|durchwahl|mobil|hotline|rufnummer"
    r"|servicenummer)\.?:?\s?[\d\s/()+.–-]*\Z"
)
_DIALLED = re.compile(r"(?<![\d.,])0\d{2,5}[ /-][\d /-]{0,14}\Z")  # an area code
_ACT = re.compile(r"\d{4}/\d{1,4}(?:/(?:eg|eu|ewg|euratom|gasp))?(?!\d)")
_BEFORE_ACT = re.compile(
    r"(?:\((?:eu|eg|ewg)\)|(?:richtlinie|verordnung|beschluss|entscheidung)(?:\s\((?:eu|eg|ewg)\))?)"
    r"\s(?:nr\.\s)?(?:\d{1,4}/)?\Z"
)
_CITED = re.compile(r",?\s(?:s\.|seite|nr\.)\s\d")
_GROUP_AFTER = re.compile(r" (?!19|20)\d{4}(?!\d)(?![-–.]\d)")
_GROUP_BEFORE = re.compile(r"(?<!\d)(?!19|20)\d{4} \Z")

_TIME_WORDS = frozenset(
    "im seit ab bis anno jahr jahre jahres jahren in von vor nach um zwischen gegen und für"
    " anfang ende mitte aus sommer herbst winter frühjahr frühling jahrgang geboren sowie oder".split()
)
_YEAR_WORDS = frozenset("jahr jahre jahres anno um seit".split())
_CLEAR_TIME_WORDS = frozenset(
    "jahr jahre jahres seit im anno ab bis um sommer herbst winter frühjahr anfang ende mitte".split()
)
_OURS = ("19", "20")
_NEAR_BEFORE, _NEAR_AFTER = 30, 15


def is_numbered(reading: Reading, start: int) -> bool:
    """Whether digits are the number of a document, law, page or telephone; a rejection tells so."""
    low = reading.low
    before = reading.word_before(start)
    if before in _PLAIN_LEADS and low[start - 1] == " ":
        return _is_of_gazette_or_group(reading, start)
    # "K 2018" is a road; motorways and federal roads have fewer digits
    single = (
        len(before) == 1
        and before.isalpha()
        and not (before in "abcdefgh" and low[start : start + 2] in _OURS)
    )
    if (
        (before in _NUMBERED and not _PAID.search(low, max(0, start - 24), start))
        or single
        or _LEGAL.search(low, max(0, start - 12), start)
    ):
        return _told(reading, start, f"number after {before!r}")
    act = _BEFORE_ACT.search(low, max(0, start - 40), start)
    if act and (")" in act[0] or "/" in act[0] or low.startswith("/", start + 4)):
        return _told(reading, start, "number of a European act")
    if low[start - 1 : start] == "-" and reading.text[start - 3 : start - 1].isupper():
        return _told(reading, start, "number of a document")
    if low[start - 1 : start] == "/" and low[start - 2 : start - 1].isalnum():
        return _told(reading, start, "number of a document")
    if _is_of_gazette_or_group(reading, start):
        return True
    if _GROUP_BEFORE.search(low, max(0, start - 6), start):
        return _told(reading, start, "group of a long number")
    if _PHONE.search(low, max(0, start - 40), start) or _DIALLED.search(low, max(0, start - 24), start):
        return _told(reading, start, "number of a telephone")
    return False


def _is_of_gazette_or_group(reading: Reading, start: int) -> bool:
    if _CITED.match(reading.low, start + 4):
        return _told(reading, start, "volume of a gazette")
    return _GROUP_AFTER.match(reading.low, start + 4) is not None and _told(
        reading, start, "group of a long number"
    )


def is_quantity(reading: Reading, start: int, end: int) -> bool:
    """Whether four digits count something; a rejection tells so."""
    low, number = reading.low, int(reading.low[start:end])
    if _ACT.match(low, start):
        return _told(reading, start, "number of a document")
    through = _THROUGH.match(low, end)
    stop = through.end() if through else end
    if _MEASURE.match(low, stop) or _PERSONS.match(low, stop):
        return _told(reading, start, "quantity")
    before = reading.word_before(start)
    if before == "es" and _BEING.match(low, stop):
        return _told(reading, start, "quantity")  # "2005 sollen es 2000 sein"
    if before in _QUANTIFIED or (before in _PERHAPS_QUANTIFIED and number % 50 == 0):
        return _told(reading, start, f"quantity after {before!r}")
    if _TOLD_NOUN.match(reading.text, stop) and _is_told_already(reading, start):
        return _told(reading, start, "quantity where the time is given")
    counted = _COUNTED.match(low, stop)
    is_noun = counted is not None and not reading.text[stop : counted.end()].islower()
    if is_noun and _counts(reading, start, number, before):  # "Anträge für 2017 stellen" has a verb
        return _told(reading, start, "quantity")
    return _is_unlikely_year(reading, start, end, number, before)


def _is_told_already(reading: Reading, start: int) -> bool:
    """ "Bis 15. Mai gingen 2015 Anträge ein": the clause has its time."""
    last = reading.mentions[-1].end if reading.mentions else None
    gap = _SAME_CLAUSE.fullmatch(reading.low, last, start) if last is not None else None
    return gap is not None and _JOINS.isdisjoint(gap[0].split())


def _counts(reading: Reading, start: int, number: int, before: str) -> bool:
    """German puts the verb after a year that heads the sentence: "2018 Projekte wurden" counts projects."""
    year = reading.published.year if reading.published else number
    if not year - _NEAR_BEFORE <= number <= year + _NEAR_AFTER or before in _COUNTING_PREPOSITIONS:
        return True
    return (
        start == 0
        or reading.text[start - 1] == "\n"
        or reading.text[max(0, start - 2) : start] in (". ", "! ", ": ", "; ")
    )


def _is_unlikely_year(reading: Reading, start: int, end: int, number: int, before: str) -> bool:
    if 1900 <= number < 2060 and number % 50:
        return False
    cued = before in _TIME_WORDS or before.endswith("(") or reading.low[start - 1 : start] in ("(", ",")
    noun = bool(_NOUN.match(reading.text, end))
    if (
        number % 50 == 0
        and number < 1900
        and before not in _CLEAR_TIME_WORDS | {"von", "zwischen", "und", "vor", "nach"}
    ):
        return _told(reading, start, "round quantity")
    if number % 50 == 0 and noun and before not in _CLEAR_TIME_WORDS:
        return _told(reading, start, "round quantity")
    if _IN_A_YEAR.match(reading.low, end):
        return _told(reading, start, "quantity in a year")
    if 1400 <= number < 2100:
        return noun and not cued and _told(reading, start, "quantity before a noun")
    return before not in _YEAR_WORDS and _told(reading, start, "no year of our time")


def _told(reading: Reading, start: int, reason: str) -> bool:
    reading.reject(start, start + 4, reason)
    return True
