"""Builds ministers.csv, terms.csv and ministries.csv: `python reference/build_ministers.py SOURCE_DIR`

A maintainer's command, run when a cabinet changes; its output is committed and read by archive/people.py.

SOURCE_DIR holds two tables, UTF-8 with a header:
  ministers.csv      person, party, office, ministry, jurisdiction, from, to, wikidata, cabinet, rank, gender,
                     wikipedia, date_quality, source, note; one row per person, office and spell in office
  ministries_th.csv  abbr, ministry, from, to, source

Origin: StatePol (github.com/StatePol/Source, cabinet table of 2023-10-18), tables of the German Wikipedia on
cabinets of the 2020s (CC BY-SA 4.0, facts only), Wikidata (CC0), and general knowledge; the origin of a row
is kept in its column. README.md beside this file names licences and shaky rows.
"""

import csv
import re
import sys
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
Row = dict[str, str]

PERSON_COLUMNS = ("person_id", "name", "given", "family", "gender", "wikidata", "party", "aliases")
TERM_COLUMNS = (
    *("person_id", "office", "ministry", "jurisdiction", "party", "from_on", "to_on"),
    *("rank", "date_quality", "origin", "note"),
)
MINISTRY_COLUMNS = ("abbreviation", "name", "jurisdiction", "from_on", "to_on", "origin")

# Slips of the pen in the source, and one person under two names; the name kept is the later one.
NAMES = {
    "Antje Niewisch Lennartz": "Antje Niewisch-Lennartz",
    "Dilek Kolat": "Dilek Kalayci",
    "Gitte Trauernicht": "Gitta Trauernicht",
    "Heidrun Merk": "Heidrun Alm-Merk",
    "Herrmann Leeb": "Hermann Leeb",
    "Josef Leinen": "Jo Leinen",
    "Julianne Rumpf": "Juliane Rumpf",
    "Matthias Kollatz-Ahnen": "Matthias Kollatz",
    "Rainer Haseloff": "Reiner Haseloff",
}
SWAPPED = {"Umwelt": "Klaudia Martini"}  # person and ministry stand in each other's place
GENDERS = {
    **dict.fromkeys(
        (
            *("Gabriele Behler", "Gabriele Heinen-Kljajić", "Gabriele Schöttler"),
            *("Gabriele Warminski-Leitheußer", "Klaudia Martini", "Nicola Beer", "Sascha Karolin Aulepp"),
        ),
        "female",
    ),
    **dict.fromkeys(("Christean Wagner", "Franz Müntefering", "Guido Westerwelle", "Philipp Rösler"), "male"),
}
# The source has the title of the ministry's head, be it a man or a woman.
OFFICE = re.compile(r"(Staatsm|M)inister(?:in)?(?:/(?:Staatsminister|in))?(?=[ ,]|$)|Senator(?:in)?(?=[ ,])")
FAMILIES = {
    "Christina Schulze Föcking": "Schulze Föcking",
    "Georg Freiherr von Waldenfels": "von Waldenfels",
    "Reem Alabali Radovan": "Alabali Radovan",
}
# Names by which a person goes and which no rule derives from the name; general knowledge.
ALIASES = {
    "Angela Dorn": ("Angela Dorn-Rancke",),
    "Angela Kolb-Janssen": ("Angela Kolb",),
    "Cansel Kiziltepe": ("Cansel Kızıltepe",),
    "Dilek Kalayci": ("Dilek Kalaycı", "Dilek Kolat"),
    "Gitta Trauernicht": ("Gitta Trauernicht-Jordan",),
    "Heidrun Alm-Merk": ("Heidi Alm-Merk", "Heidi Merk", "Heidrun Merk"),
    "Irmgard Adam-Schwaetzer": ("Irmgard Schwaetzer",),
    "Jo Leinen": ("Josef Leinen",),
    "Julia Hamburg": ("Julia Willie Hamburg",),
    "Kerstin Schreyer": ("Kerstin Schreyer-Stäblein",),
    "Kristina Schröder": ("Kristina Köhler",),
    "Malu Dreyer": ("Marie-Luise Dreyer",),
    "Manfred Lucha": ("Manne Lucha",),
    "Matthias Kollatz": ("Matthias Kollatz-Ahnen",),
    "Ralph Alexander Lorz": ("Alexander Lorz",),
    "Waltraud Wende": ("Wara Wende", "Waltraud Wara Wende"),
}
PARTICLES = {"de", "der", "den", "van", "von", "vom", "zu", "zum", "zur", "Freiherr", "Graf"}
PARTIES = {"DIE LINKE": "LINKE"}  # one spelling; PDS keeps its name of the time
TRANSLITERATION = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ć": "c", "č": "c", "á": "a", "ó": "o"}
)


def main(source: Path) -> None:
    rows = [corrected(row) for row in read(source / "ministers.csv")]
    persons = identified(rows)
    write(
        "ministers.csv",
        PERSON_COLUMNS,
        sorted((person(i, spells) for i, spells in persons.items()), key=by_id),
    )
    terms = (term(i, row) for i, spells in persons.items() for row in spells)
    write("terms.csv", TERM_COLUMNS, sorted(distinct(terms), key=by_id_and_day))
    write("ministries.csv", MINISTRY_COLUMNS, map(ministry, read(source / "ministries_th.csv")))


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def corrected(row: Row) -> Row:
    name = NAMES.get(row["person"], row["person"])
    if name in SWAPPED:
        row |= {"ministry": name, "office": f"Ministerin für {name}"}
        name = SWAPPED[name]
    row |= {column: row[column].replace("Unwelt", "Umwelt") for column in ("office", "ministry")}
    row |= {"person": name, "gender": GENDERS.get(name, row["gender"])}
    row["office"] = OFFICE.sub(lambda found: form(found.group(), row["gender"]), row["office"])
    return row | {"party": PARTIES.get(row["party"], row["party"])}


def form(title: str, gender: str) -> str:
    """
    >>> form("Minister", "female"), form("Staatsministerin/Staatsminister", "male")
    ('Ministerin', 'Staatsminister')
    """
    male = title.split("/")[0].removesuffix("in")
    return f"{male}in" if gender == "female" else male


def identified(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by person id. Rows of one name are one person, unless they state different Wikidata ids."""
    named: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        named[row["person"]].append(row)
    persons: dict[str, list[Row]] = defaultdict(list)
    for name, spells in named.items():
        several = len({row["wikidata"] for row in spells} - {""}) > 1
        for row in spells:
            persons[f"{slug(name)}-{row['jurisdiction'].lower()}" if several else slug(name)].append(row)
    return persons


def slug(name: str) -> str:
    plain = name.casefold().translate(TRANSLITERATION)
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in plain).split())


def person(person_id: str, spells: list[Row]) -> Row:
    latest = max(spells, key=lambda row: row["from"])
    name = latest["person"]
    given, family = split(name)
    return {
        "person_id": person_id,
        "name": name,
        "given": given,
        "family": family,
        "gender": latest["gender"],
        "wikidata": next((row["wikidata"] for row in spells if row["wikidata"]), ""),
        "party": latest["party"],
        "aliases": "|".join(ALIASES.get(name, ())),
    }


def split(name: str) -> tuple[str, str]:
    """("Ursula", "von der Leyen"); the last word is the family name, with the particles before it.

    >>> split("Thomas L. Kemmerich")
    ('Thomas L.', 'Kemmerich')
    """
    family = FAMILIES.get(name)
    if family is None:
        words = name.split()
        first = len(words) - 1
        while words[first - 1] in PARTICLES:
            first -= 1
        family = " ".join(words[first:])
    given = [word for word in name.removesuffix(family).split() if word not in PARTICLES]
    return " ".join(given), family


def term(person_id: str, row: Row) -> Row:
    return {
        "person_id": person_id,
        "from_on": day(row["from"], last=False),
        "to_on": day(row["to"], last=True),
        "origin": row["source"],
        **{column: row[column] for column in TERM_COLUMNS if column in row},
    }


def day(stated: str, last: bool) -> str:
    """A month becomes its first or last day; date_quality says that only the month is known."""
    if len(stated) != len("YYYY-MM"):
        return stated
    year, month = map(int, stated.split("-"))
    return f"{stated}-{monthrange(year, month)[1] if last else 1:02}"


def distinct(terms: Iterable[Row]) -> list[Row]:
    return list({tuple(row[c] for c in TERM_COLUMNS[:8]): row for row in terms}.values())


def ministry(row: Row) -> Row:
    return {
        "abbreviation": row["abbr"],
        "name": row["ministry"],
        "jurisdiction": "DE-TH",
        "from_on": row["from"],
        "to_on": row["to"],
        "origin": row["source"].split(";")[0],
    }


def by_id(row: Row) -> str:
    return row["person_id"]


def by_id_and_day(row: Row) -> tuple[str, str, str]:
    return row["person_id"], row["from_on"], row["office"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python reference/build_ministers.py SOURCE_DIR")
    main(Path(sys.argv[1]))
