"""Months, seasons and weekdays that are somebody's name: "Frau Mai", "Ministerin März", "Robert Sommer"."""

import re

from pipeline.extract.dates.lexicon import MONTHS
from pipeline.extract.dates.numerals import ORDINALS
from pipeline.extract.dates.reading import Reading

_TITLES = frozenset(
    "frau herr herrn herren familie dr. dr prof. professor professorin senator senatorin minister"
    " ministerin landrat landrätin präsident präsidentin kanzler kanzlerin pfarrer pfarrerin"
    " bischof könig königin ex-minister abgeordnete abgeordneter abgeordneten kollege kollegin"
    " kollegen sprecher sprecherin direktor direktorin".split()
)
_TITLE_TAILS = (
    "minister", "ministerin", "ministers", "sekretär", "sekretärin", "präsident", "präsidentin", "meister",
    "meisterin", "rätin", "direktor", "direktorin", "sprecher", "sprecherin", "chef", "chefin", "leiter",
    "leiterin",
    "beauftragte", "beauftragter", "vorsitzende", "vorsitzender", "geschäftsführer", "geschäftsführerin",
)  # fmt: skip
# Given names usual among Germans of working age; enough to tell a surname from a month.
_GIVEN = frozenset(
    "alexander alexandra andrea andreas angela anja anke anna anne antje armin astrid axel"
    " barbara bernd bernhard bettina birgit björn brigitte carmen carola carsten christa christian"
    " christiane christina christine christoph claudia cornelia daniel daniela david detlef diana"
    " dieter dietmar dirk dominik doris elisabeth elke eva fabian felix florian frank franz"
    " franziska friedrich gabriele georg gerd gerhard gisela günter günther hannah hans harald"
    " heike heiko heinrich heinz helga helmut henning hermann holger horst ines ingo ingrid jan"
    " jana jens joachim jochen johanna johannes jörg jonas jürgen julia jutta kai karin karl"
    " karsten katharina katja katrin kerstin klaus kurt lars laura lea lena leon lisa lothar lukas"
    " lutz manfred manuela marc marco maria marie marion mario mark markus martin martina matthias"
    " max maximilian melanie michael michaela mike monika nadine nicole nina norbert olaf oliver"
    " otto patrick paul peter petra philipp rainer ralf ralph regina reinhard renate rené robert"
    " roland rolf ronald rosemarie rudolf rüdiger sabine sandra sarah sebastian sibylle siegfried"
    " silke silvia simon simone sonja stefan stefanie steffen stephan stephanie susanne sven"
    " sylvia tanja theresa thomas thorsten tim tobias torsten udo ulrich ulrike ursula ute uwe"
    " vera verena volker walter werner wilhelm winfried wolfgang yvonne".split()
)
_FIRM = re.compile(r"\s(?:gmbh|ag|kg|ohg|se|mbh|und söhne)(?![a-zäöüß])|\s& (?:söhne|co|partner)\b")
_SURNAMES = frozenset(("mai", "märz", "maerz"))
_YEAR_AFTER = re.compile(r"\s(?:\d|dieses|vergangenen|letzten|kommenden|nächsten)|/|\s?[-–]")
_SURNAME = re.compile(r"\s[A-ZÄÖÜ][a-zäöüß]+")
_LEADS_TO_TIME = frozenset(
    "im in seit ab bis ende anfang mitte vom zum am den dem der des und oder von nach vor für"
    " beginn monats monat diesen diesem kommenden vergangenen letzten nächsten vorigen".split()
)


def _is_bare_surname(reading: Reading, start: int, end: int, before: str) -> bool:
    """ "Zoë März": a month that is a surname too, right after a capitalised word and without a year."""
    if (
        reading.low[start:end] not in _SURNAMES
        or before in _LEADS_TO_TIME
        or not before.isalpha()
        or before in ORDINALS
        or before.endswith("monat")
    ):
        return False
    first = reading.before(start)[1]
    return reading.text[first].isupper() and before not in MONTHS and not _YEAR_AFTER.match(reading.low, end)


def _is_named_so(reading: Reading, start: int, end: int, before: str) -> bool:
    """Whether the text calls somebody "Herr Mai", and nothing here says that the month is meant."""
    word = reading.low[start:end]
    if word not in _SURNAMES or before in _LEADS_TO_TIME or before[-1:] == "." or before in MONTHS:
        return False
    return any(f"{title} {word}" in reading.low for title in ("herr", "herrn", "frau"))


def is_name(reading: Reading, start: int, end: int) -> bool:
    """Whether the word at text[start:end] is part of a person's name; a rejection tells so."""
    before = reading.word_before(start)
    if _FIRM.match(reading.low, end):
        reading.reject(start, end, "name of a firm")
        reading.done = end
        return True
    if before in _LEADS_TO_TIME:
        return False
    title = before in _TITLES or before.endswith(_TITLE_TAILS)
    given = before in _GIVEN or (
        reading.low.startswith("august", start)
        and not before[-1:].isdigit()
        and not before.endswith(".")
        and before not in _LEADS_TO_TIME
        and bool(_SURNAME.match(reading.text, end))
    )
    if title and before.endswith(".") and before not in ("dr.", "prof."):
        title = False
    if title or given:
        reading.reject(start, end, f"name of a person after {before!r}")
    elif _is_named_so(reading, start, end, before):
        reading.reject(start, end, "surname of somebody in the text")
    elif _is_bare_surname(reading, start, end, before):
        reading.reject(start, end, "surname")
    else:
        return False
    reading.done = end
    return True
