"""The filters of a search: the condition that each puts on `releases`, and values as people type them."""

import re
from calendar import monthrange
from datetime import date

from archive.german import MONTHS
from archive.lemmas import fold

# A set that may be large is asked for per release (EXISTS), a small one is made once (IN). The plus keeps
# SQLite from the index by currency and value, where it would read all sums in euros for each release.
FILTERS = {
    "land": "releases.jurisdiction = :land",
    # By its key, or by any name that it has or had.
    "herausgeber": """releases.publisher_id IN (
        SELECT id FROM publishers WHERE id = :herausgeber OR name = :herausgeber
        UNION SELECT publisher_id FROM publisher_names WHERE name = :herausgeber)""",
    "quelle": "releases.source_key = :quelle",
    "art": "releases.kind = :art",
    "jahr": "releases.published_on >= :jahr || '-01-01' AND releases.published_on <= :jahr || '-12-31'",
    "von": "releases.published_on >= :von",
    "bis": "releases.published_on <= :bis",
    "kreis": """releases.id IN (
        SELECT release_id FROM district_mentions WHERE district_ags = :kreis
        UNION SELECT release_id FROM municipality_mentions WHERE district_ags = :kreis)""",
    "gemeinde": """releases.id IN (
        SELECT release_id FROM municipality_mentions WHERE municipality_ags = :gemeinde)""",
    "person": "releases.id IN (SELECT release_id FROM minister_mentions WHERE minister_id = :person)",
    "amt": """releases.id IN (
        SELECT release_id FROM minister_mentions WHERE office = :amt
        UNION SELECT release_id FROM person_mentions WHERE office = :amt)""",
    "betrag_von": """releases.amount_max >= CAST(:betrag_von AS REAL) AND EXISTS (
        SELECT 1 FROM amounts WHERE release_id = releases.id AND +currency = 'EUR'
        AND coalesce(value_max, value_min) >= CAST(:betrag_von AS REAL))""",
    "betrag_bis": """EXISTS (
        SELECT 1 FROM amounts WHERE release_id = releases.id AND +currency = 'EUR'
        AND coalesce(value_min, value_max) <= CAST(:betrag_bis AS REAL))""",
    "geaendert": "releases.versions > 1",
    "verschwunden": """releases.id IN (
        SELECT release_id FROM presence WHERE state IN ('missing', 'gone'))""",
    "anhang": "EXISTS (SELECT 1 FROM attachments WHERE release_id = releases.id)",
    "foerderung": "EXISTS (SELECT 1 FROM grants WHERE release_id = releases.id)",
}
# One amount must lie between the two, and not one above the first and another below the second.
BETWEEN = """releases.amount_max >= CAST(:betrag_von AS REAL) AND EXISTS (
    SELECT 1 FROM amounts WHERE release_id = releases.id AND +currency = 'EUR'
    AND coalesce(value_max, value_min) >= CAST(:betrag_von AS REAL)
    AND coalesce(value_min, value_max) <= CAST(:betrag_bis AS REAL))"""
FLAGS = ("geaendert", "verschwunden", "anhang", "foerderung")  # their value says no more than yes

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FIGURES = re.compile(
    r"(?:(?:(\d{1,2})[./]\s*)?(\d{1,2})[./]\s*)?(\d{4}|(?<=[./])\d{2})"
)  # 28.3.2018, 3/2018
_IN_WORDS = re.compile(r"(?:(\d{1,2})\.?\s*)?([^\W\d_]{3,9})\.?\s+(\d{4})")  # 28. März 2018, Mrz 2018
_ENGLISH = "january february march april may june july august september october november december".split()
_MONTHS = {
    **{fold(name): n for n, name in enumerate(MONTHS, 1)},
    "jaenner": 1,
    "mrz": 3,
    "maerz": 3,
    **{name: n for n, name in enumerate(_ENGLISH, 1)},  # as the site in English shows them
}
_SUM = re.compile(
    r"(?:€\s*)?(\d[\d.]*)(?:,(\d+))?\s*(tsd|t€|mio|million\w*|mrd|milliarde\w*)?\.?\s*(?:€|eur\w*)?", re.I
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")  # 1,000,000: nobody types a third decimal of a euro
_SCALES = {"t": 10**3, "mi": 10**6, "mr": 10**9}


def day(typed: str, *, last: bool = False) -> str:
    """A day as typed, as ISO; the first or last of a month or year. "" where it is none.

    >>> day("28.3.2018"), day("2018-02", last=True), day("März 2018"), day("3 May 2018"), day("bald")
    ('2018-03-28', '2018-02-28', '2018-03-01', '2018-05-03', '')
    """
    typed = typed.strip()
    if found := _ISO.fullmatch(typed):
        year, month, on = found.groups()
    elif found := _FIGURES.fullmatch(typed):
        on, month, year = found.groups()
        year = year if len(year) == len("2018") else f"20{year}"
    elif found := _IN_WORDS.fullmatch(typed):
        on, month, year = found[1], str(_month(found[2])), found[3]
    else:
        return ""
    try:
        month = month or ("12" if last else "1")
        on = on or (monthrange(int(year), int(month))[1] if last else 1)
        return date(int(year), int(month), int(on)).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 where it is none."""
    typed = fold(name)
    return next((n for known, n in _MONTHS.items() if known.startswith(typed)), 0)


def euros(typed: str) -> str:
    """A sum as typed, in plain digits. "" where it is none.

    >>> euros("1.000.000"), euros("1,5 Mio. €"), euros("2500.50"), euros("50,000"), euros("viel")
    ('1000000', '1500000', '2500.5', '50000', '')
    """
    found = _SUM.fullmatch(_THOUSANDS.sub(lambda whole: whole[0].replace(",", ""), typed.strip()))
    if not found:
        return ""
    whole, decimals, scale = found.groups()
    if decimals is None and re.fullmatch(r"\d+\.\d{1,2}", whole):
        whole, decimals = whole.split(".")
    factor = next((f for start, f in _SCALES.items() if scale and scale.lower().startswith(start)), 1)
    value = float(f"{whole.replace('.', '')[:15]}.{decimals or 0}") * factor
    return f"{value:.2f}".rstrip("0").rstrip(".")
