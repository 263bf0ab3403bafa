"""The words with which German speaks of time, and what each contributes."""

from typing import NamedTuple

from pipeline.extract.dates.holidays import NAMES as HOLIDAYS


class Word(NamedTuple):
    """What a trigger word is: the reader that understands it, and what it says."""

    reader: str
    value: str


MONTHS: dict[str, int] = {
    "januar": 1, "jänner": 1, "februar": 2, "feber": 2, "märz": 3, "maerz": 3, "april": 4, "mai": 5,
    "juni": 6,
    "juno": 6, "juli": 7, "julei": 7, "august": 8, "september": 9, "oktober": 10, "november": 11,
    "dezember": 12,
}  # fmt: skip
SHORT_MONTHS: dict[str, int] = {
    "jan": 1, "jän": 1, "feb": 2, "febr": 2, "mär": 3, "mrz": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
WEEKDAYS: dict[str, int] = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
    "sonntag": 6,
}  # fmt: skip
SHORT_WEEKDAYS: dict[str, int] = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
SEASONS: dict[str, str] = {
    "frühling": "SP", "frühjahr": "SP", "sommer": "SU", "herbst": "FA", "winter": "WI",
}  # fmt: skip

_PARTS_OF_SEASONS = {
    "früh": "sommer herbst", "spät": "sommer herbst winter", "hoch": "sommer", "vor": "frühling",
}  # fmt: skip

# Parts of the day as TIMEX3 abbreviates them.
DAY_PARTS: dict[str, str] = {
    "morgen": "MO", "vormittag": "MO", "mittag": "MI", "nachmittag": "AF", "abend": "EV", "nacht": "NI",
    "früh": "MO", "mitternacht": "NI",
}  # fmt: skip

DEICTIC_DAYS: dict[str, int] = {
    "vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2,
}  # fmt: skip

# Unit of time as TIMEX3 abbreviates it; T in front: shorter than a day.
UNITS: dict[str, str] = {
    "jahr": "Y", "monat": "M", "woche": "W", "tag": "D", "quartal": "Q", "halbjahr": "H",
    "jahreshälfte": "H", "vierteljahr": "Q",
    "wochenende": "WE", "jahrzehnt": "DE", "jahrhundert": "CE", "jahrtausend": "ML", "stunde": "TH",
    "minute": "TM", "sekunde": "TS", "semester": "H",
}  # fmt: skip
_UNIT_FORMS: dict[str, str] = {
    form: unit
    for stem, unit in UNITS.items()
    for form in (stem, stem + "e", stem + "en", stem + "n", stem + "s", stem + "es")
}
# Forms of units that say there are several.
PLURALS = frozenset(
    "jahre jahren monate monaten wochen tage tagen stunden minuten sekunden jahrzehnte"
    " jahrzehnten jahrhunderte jahrhunderten jahrtausende jahrtausenden wochenenden quartale"
    " quartalen halbjahre halbjahren jahreshälften werktage werktagen arbeitstage arbeitstagen haushaltsjahre"
    " haushaltsjahren kalenderjahre kalenderjahren kalendertage kalendertagen semester semestern"
    " arbeitsstunden kalendermonate kalendermonaten förderjahre"
    " förderjahren verhandlungstage verhandlungstagen ferientage ferientagen sonnentage"
    " sonnentagen regentage markttage".split()
)
_YEAR_COMPOUNDS = (
    "haushalts", "kalender", "wirtschafts", "geschäfts", "förder", "antrags", "arbeits", "rechnungs",
    "berichts", "planungs", "bezugs", "jubiläums", "ernte", "kriegs", "wahl", "krisen", "corona", "steuer",
    "beitrags",
)  # fmt: skip
_SCHOOL_COMPOUNDS = ("schul", "kindergarten", "kita", "ausbildungs", "lehr", "studien", "hochschul")


# How an adjective moves its noun in time; stems, because German inflects.
_SHIFTS: dict[str, int] = {
    "vergangen": -1, "letzt": -1, "vorig": -1, "zurückliegend": -1, "vorangegangen": -1, "abgelaufen": -1,
    "vorletzt": -2, "vorvergangen": -2, "vorvorig": -2, "kommend": 1, "nächst": 1, "künftig": 1,
    "übernächst": 2,
    "bevorstehend": 1, "laufend": 0, "aktuell": 0, "gegenwärtig": 0, "heurig": 0, "diesjährig": 0,
    "jetzig": 0, "letztjährig": -1, "vorjährig": -1, "ausgehend": 0, "auslaufend": 0,
    "ablaufend": 0, "gehend": 0,
}  # fmt: skip
_ENDINGS = ("e", "en", "em", "er", "es")
SHIFTS: dict[str, int] = {stem + ending: by for stem, by in _SHIFTS.items() for ending in _ENDINGS}
SHIFTS |= dict.fromkeys(("diesen", "diesem", "dieser", "dieses", "diese"), 0)
# Reckoned from what the text spoke of last, not from its publication.
ANAPHORIC: dict[str, int] = {
    stem + ending: by
    for stem, by in {
        "folgend": 1,
        "darauffolgend": 1,
        "nachfolgend": 1,
        "vorhergehend": -1,
        "gleich": 0,
        "selb": 0,
    }.items()
    for ending in _ENDINGS
}
ANAPHORIC |= dict.fromkeys(("desselben", "demselben", "denselben", "derselben", "jenem", "jener", "jenes"), 0)

PARTS_OF_SPAN = frozenset(("anfang", "mitte", "ende", "beginn", "verlauf", "laufe", "ablauf", "anbeginn"))

# Words that are a whole expression.
_REFERENCES: dict[str, str] = {
    "jetzt": "PRESENT_REF", "derzeit": "PRESENT_REF", "zurzeit": "PRESENT_REF", "heutzutage": "PRESENT_REF",
    "momentan": "PRESENT_REF", "im moment": "PRESENT_REF", "zur zeit": "PRESENT_REF",
    "zur stunde": "PRESENT_REF",
     "dieser tage": "PRESENT_REF", "in diesen tagen": "PRESENT_REF",
    "die gegenwart": "PRESENT_REF",
    "damals": "PAST_REF", "früher": "PAST_REF", "einst": "PAST_REF", "kürzlich": "PAST_REF",
    "neulich": "PAST_REF",
     "in letzter zeit": "PAST_REF", "in der vergangenheit": "PAST_REF",
     "die vergangenheit": "PAST_REF", "früheren zeiten": "PAST_REF",
    "vergangener zeiten": "PAST_REF", "vergangenen zeiten": "PAST_REF", "dieser zeit": "PAST_REF",
    "der vergangenen zeit": "PAST_REF", "in jüngster zeit": "PAST_REF", "einstmals": "PAST_REF",
    "bald": "FUTURE_REF", "demnächst": "FUTURE_REF", "in zukunft": "FUTURE_REF",
      "in naher zukunft": "FUTURE_REF",
}  # fmt: skip

_SETS: dict[str, str] = {
    "tagtäglich": "P1D", "täglich": "P1D", "wöchentlich": "P1W", "monatlich": "P1M", "jährlich": "P1Y",
    "alljährlich": "P1Y", "stündlich": "PT1H", "vierteljährlich": "P3M", "halbjährlich": "P6M",
    "zweijährlich": "P2Y", "vierzehntägig": "P14D", "vierzehntäglich": "P14D", "werktäglich": "P1D",
    "jahr für jahr": "P1Y", "jahr um jahr": "P1Y", "tag für tag": "P1D", "woche für woche": "P1W",
    "quartalsweise": "P3M",
}  # fmt: skip
_INFLECTED_SETS = (
    "täglich",
    "wöchentlich",
    "monatlich",
    "jährlich",
    "alljährlich",
    "stündlich",
    "vierteljährlich",
)

_LONG: dict[str, str] = {
    "jahrelang": "PXY", "monatelang": "PXM", "wochenlang": "PXW", "tagelang": "PXD", "stundenlang": "PTXH",
    "minutenlang": "PTXM", "jahrzehntelang": "PXDE", "jahrhundertelang": "PXCE",
     "mehrjährig": "PXY", "mehrtägig": "PXD", "mehrwöchig": "PXW", "mehrmonatig": "PXM",
    "mehrstündig": "PTXH", "ganztägig": "P1D", "halbtägig": "P0.5D",
}  # fmt: skip

# Year, month, week or day before or after, counted from the publication.
_COUNTED: dict[str, str] = {
    "vorjahr": "Y-1", "vorvorjahr": "Y-2", "vorjahres": "Y-1", "vorjahrs": "Y-1",
    "folgejahr": "Y+1", "folgejahres": "Y+1", "vormonat": "M-1", "vormonats": "M-1", "vormonates": "M-1",
    "folgemonat": "M+1", "vorwoche": "W-1", "folgewoche": "W+1", "vortag": "D-1", "vortages": "D-1",
    "vortags": "D-1", "folgetag": "D+1", "folgetages": "D+1",
    "neuen jahr": "Y+0", "neuen jahres": "Y+0", "alten jahr": "Y+0", "alten jahres": "Y+0",
    "heuer": "Y+0", "jahresende": "Y+0", "jahresbeginn": "Y+0", "jahresanfang": "Y+0", "jahresmitte": "Y+0",
     "monatsende": "M+0", "monatsanfang": "M+0", "monatsbeginn": "M+0",
    "wochenbeginn": "W+0", "wochenanfang": "W+0", "wochenmitte": "W+0", "jahresverlauf": "Y+0",
    "tags darauf": "D+1", "tags zuvor": "D-1",
     "vorjahresmonat": "M-12", "vorjahresmonats": "M-12",
    "vorjahreszeitraum": "P-1", "vorjahreszeitraums": "P-1", "vorjahreshalbjahr": "P-1",
    "vorjahresquartal": "Q-4", "vorjahresquartals": "Q-4", "vorquartal": "Q-1", "vorquartals": "Q-1",
}  # fmt: skip
_COUNTED_STEMS: dict[str, str] = {
    "diesjährig": "Y+0", "heurig": "Y+0", "letztjährig": "Y-1", "vorjährig": "Y-1", "nächstjährig": "Y+1",
}  # fmt: skip

_ULTIMOS: dict[str, str] = {"monats": "M", "quartals": "Q", "jahres": "Y"}

DECADES: dict[str, int] = {
    "zwanziger": 20, "dreißiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60, "siebziger": 70,
    "achtziger": 80, "neunziger": 90, "zwanzigern": 20, "dreißigern": 30, "vierzigern": 40, "fünfzigern": 50,
    "sechzigern": 60, "siebzigern": 70, "achtzigern": 80, "neunzigern": 90, "nuller": 0,
}  # fmt: skip


def _words() -> dict[str, Word]:
    words = _calendar_words() | _unit_words() | _fixed_words()
    words |= {name: Word("holiday", name) for name in HOLIDAYS}
    words |= {word: Word("counted", value) for word, value in _COUNTED.items() if value}
    words |= {
        stem + ending: Word("counted", value) for stem, value in _COUNTED_STEMS.items() for ending in _ENDINGS
    }
    words |= {word: Word("decade", str(decade)) for word, decade in DECADES.items()}
    words |= {
        f"{word}jahre{end}": Word("decade", str(decade))
        for word, decade in DECADES.items()
        for end in ("", "n")
    }
    words |= {short: Word("short_month", str(number)) for short, number in SHORT_MONTHS.items()}
    words |= {f"q{number}": Word("quarter", str(number)) for number in range(1, 5)}
    words |= {
        "uhr": Word("clock", ""),
        "halb": Word("half_hour", ""),
        "ex": Word("former", ""),
        "kw": Word("week_number", ""),
    }
    words |= {f"{unit}ultimo": Word("ultimo", code) for unit, code in _ULTIMOS.items()}
    words |= {"kalenderwoche": Word("week_number", "")}
    return words


def _calendar_words() -> dict[str, Word]:
    """Months, weekdays, seasons and parts of the day, with what is made of them."""
    words = {name: Word("month", str(number)) for name, number in MONTHS.items()}
    genitive = (name for name in MONTHS if name[-1] in "rilt" and name != "mai")  # "Mais" is maize
    words |= {f"{name}s": Word("month", str(MONTHS[name])) for name in genitive}
    for name, number in WEEKDAYS.items():
        words |= {form: Word("weekday", str(number)) for form in (name, name + "en", name + "e", name + "es")}
        words |= {name + part: Word("weekday", f"{number}T{code}") for part, code in DAY_PARTS.items()}
        words |= {f"{name}s": Word("weekly", str(number))}
    for name, season in SEASONS.items():
        words |= {form: Word("season", season) for form in (name, name + "s", name + "es")}
    words |= {
        part + season + end: Word("season", SEASONS[season])
        for part, seasons in _PARTS_OF_SEASONS.items()
        for season in seasons.split()
        for end in ("", "s")
    }
    words |= {
        season + tail: Word("seasonal", code)
        for season, code in SEASONS.items()
        for tail in ("monate", "monaten", "zeit")
    }
    words |= {
        part: Word("day_part", code) for part, code in DAY_PARTS.items() if part not in ("früh", "morgen")
    }
    words |= {part + "s": Word("day_habit", code) for part, code in DAY_PARTS.items() if part != "früh"}
    words |= {"morgenstunden": Word("day_part", "MO"), "abendstunden": Word("day_part", "EV")}
    words |= {"mittagsstunden": Word("day_part", "MI"), "nachmittagsstunden": Word("day_part", "AF")}
    words |= {"nachtstunden": Word("day_part", "NI"), "vormittagsstunden": Word("day_part", "MO")}
    words |= {
        month + name: Word("in_month", f"{number} {name}")
        for month, number in MONTHS.items()
        for name in (*WEEKDAYS, "tag", "tagen", "wochenende")
    }
    words |= {day: Word("deictic", str(by)) for day, by in DEICTIC_DAYS.items()}
    for stem, by in (("heutig", 0), ("gestrig", -1), ("morgig", 1)):
        words |= {stem + ending: Word("deictic_adjective", str(by)) for ending in _ENDINGS}
    return words


def _fixed_words() -> dict[str, Word]:
    """Words with one meaning on any day: references, habits, long spans."""
    words = {phrase: Word("fixed", f"DATE {value}") for phrase, value in _REFERENCES.items()}
    words |= {phrase: Word("fixed", f"SET {value}") for phrase, value in _SETS.items()}
    words |= {
        word + ending: Word("fixed", f"SET {_SETS[word]}") for word in _INFLECTED_SETS for ending in _ENDINGS
    }
    words |= {phrase: Word("fixed", f"DURATION {value}") for phrase, value in _LONG.items()}
    words |= {
        word + ending: Word("fixed", f"DURATION {value}")
        for word, value in _LONG.items()
        if word.endswith(("ig", "lang"))
        for ending in _ENDINGS
    }
    return words


def _unit_words() -> dict[str, Word]:
    words = {form: Word("unit", unit) for form, unit in _UNIT_FORMS.items()}
    for compound in _YEAR_COMPOUNDS + _SCHOOL_COMPOUNDS:
        kind = "unit" if compound in _YEAR_COMPOUNDS else "school_year"
        words |= {f"{compound}jahr{end}": Word(kind, "Y") for end in ("", "e", "en", "es", "s")}
    for compound in ("arbeits", "werk", "kalender", "sonnen", "ferien", "verhandlungs", "regen", "markt"):
        words |= {f"{compound}tag{end}": Word("unit", "D") for end in ("", "e", "en", "es")}
    words |= {f"kalendermonat{end}": Word("unit", "M") for end in ("", "e", "en", "s")}
    words |= {f"arbeitsstunde{end}": Word("unit", "TH") for end in ("", "n")}
    return words


WORDS: dict[str, Word] = _words()
