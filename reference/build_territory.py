"""Builds the tables of districts, municipalities, places: `python -m reference.build_territory SOURCE_DIR`.

For the maintainer, when the source tables have been renewed. SOURCE_DIR holds districts.csv,
municipalities.csv, places.csv and ministers.csv as compiled from these public sources:

- keys, names, kinds, population, coordinates of municipalities: Destatis, Gemeindeverzeichnis GV100AD,
  territorial status 2023-11-30, reproduction allowed with source.
  Credit: © Statistisches Bundesamt (Destatis), 2023
- successors and years of codes: BBSR Bonn, Umrechnungsschlüssel for districts and municipalities 1990–2020;
  Eurostat LAU lists after that. Credit: BBSR Bonn; © GeoBasis-DE/BKG; Destatis
- points inside districts: BKG VG250, dl-de/by-2-0.
  Credit: © GeoBasis-DE / BKG 2019, dl-de/by-2-0, Daten verändert
- Wikidata identifiers: CC0. NUTS codes: Eurostat, reuse with source
- places: GeoNames postal file 2026-03-30. Credit: GeoNames, CC BY 4.0

`common` in municipalities.csv is our own: 1 for a name that is also a noun or a surname, 2 for one that is an
everyday word (see common_names.py). Given names come from the list of ministers and a list of our own.
"""

import csv
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from pipeline.extract.places.forms import split
from reference.common_names import EVERYDAY, GIVEN_NAMES, NO_GIVEN_NAMES, NOUNS_AND_SURNAMES, TOWNS

HERE = Path(__file__).parent
Row = Mapping[str, str]

# Former areas that belonged to no municipality; for those of today the source states the kind.
NO_TOWN = re.compile(r"gemfr|Gdefr\.|gemeindefrei")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def districts(rows: Iterable[Row]) -> Iterable[Sequence[str]]:
    for row in rows:
        kind = "city" if row["kind"] in ("Kreisfreie Stadt", "Stadtkreis") else "district"
        point = (short_number(row["lat"]), short_number(row["lon"]))
        yield (
            *(row["ags5"], row["name"], row["name_short"], kind, row["state"], row["population"], *point),
            *(row["nuts3"], row["wikidata"], row["valid_from"], row["valid_to"], row["successors"]),
        )


def municipalities(rows: Iterable[Row], surnames: set[str]) -> Iterable[Sequence[str]]:
    for row in rows:
        if row["kind"].endswith("(unbewohnt)") or (row["status"] == "former" and NO_TOWN.search(row["name"])):
            continue
        name = german_name(row["name_short"].split(",")[0], row["ags8"][:5])
        point = (short_number(row["lat"]), short_number(row["lon"]))
        years = (row["first_year"], row["last_year"], row["successor_ags8"])
        yield (row["ags8"], name, row["population"], *point, *years, str(common(name, surnames)))


# Where the official name carries the Lower Sorbian one after a slash: Cottbus and the districts around it.
SORBIAN = ("12052", "12061", "12066", "12071")


def german_name(name: str, district: str) -> str:
    """The name without its Sorbian or dialect twin: "Bautzen / Budyšin", "Calau/Kalawa"."""
    german = name.split(" / ")[0]
    if german == name and district in SORBIAN:
        german = name.split("/")[0]
    return german.replace("/ ", "/").strip()


def common(name: str, surnames: set[str]) -> int:
    """How easily the name is something else: 2 everyday word, 1 noun or surname, 0 neither."""
    word = split(name)[0]
    if word in EVERYDAY:
        return 2
    if word in TOWNS:
        return 0
    return int(word in NOUNS_AND_SURNAMES or word in surnames or word.lower() in german_words())


@cache
def german_words() -> Collection[str]:
    words: Collection[str] = DefaultDictionaryFactory().get_dictionary("de")
    return words


def double_names(places: Iterable[tuple[str, str]], rows: Sequence[Row]) -> Iterable[Sequence[str]]:
    """Towns that live on in the first or second half of a municipality's name: Bitterfeld, Worbis."""
    known = {(split(row["name_short"])[0], row["ags8"][:2]) for row in rows}
    known |= {(row["name_short"].split(",")[0], row["ags8"][:2]) for row in rows}
    halves = {
        (half, row["ags8"][:5]): row["ags8"]
        for row in rows
        if row["status"] == "current"
        for name in [split(row["name_short"].split(",")[0])[0]]
        for half in (name.split("-") if "-" in name else ())
    }
    for name, district in places:
        if (name, district) in halves and (name, district[:2]) not in known and name not in FORMER_CITIES:
            yield name, halves[name, district], str(max(1, common(name, set())))


FORMER_CITIES = ("Dessau",)  # stands in districts.csv


def short_number(value: str) -> str:
    return f"{float(value):.4f}" if value else ""


def main() -> None:
    source = Path(sys.argv[1])
    ministers = [row["person"].split() for row in read(source / "ministers.csv")]
    surnames = {names[-1] for names in ministers}
    write(
        "districts.csv",
        "ags name short kind state population lat lon nuts3 wikidata valid_from valid_to successors".split(),
        districts(read(source / "districts.csv")),
    )
    write(
        "municipalities.csv",
        "ags name population lat lon first_year last_year successor common".split(),
        municipalities(read(source / "municipalities.csv"), surnames),
    )
    places = {(row["place"], row["district_ags5"]) for row in read(source / "places.csv")}
    write("places.csv", ("name", "district"), sorted(places))
    towns = read(source / "municipalities.csv")
    write("double_names.csv", ("name", "ags", "common"), double_names(sorted(places), towns))
    given = (GIVEN_NAMES | {names[0] for names in ministers if "." not in names[0]}) - NO_GIVEN_NAMES
    write("given_names.csv", ("name",), ((name,) for name in sorted(given)))


if __name__ == "__main__":
    main()
