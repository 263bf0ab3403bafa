"""Districts by an office: the district of a Landrat, and the towns that adjectives in -er come from."""

from archive import territory
from pipeline.extract.places.names import Entry, is_city
from pipeline.extract.places.reading import Reading


def district_of_office(reading: Reading, base: str) -> list[Entry]:
    """The district that a Landrat belongs to, by the name of a town or district: "Bamberg", "Rudolstadt"."""
    for lexicon in (reading.names.headed.entries, reading.names.stems):
        if reading.choose(lexicon.get(base, [])):
            return lexicon[base]
    namesakes = reading.names.towns.entries.get(base, ())
    towns = reading.choose([entry for entry in namesakes if not entry.is_district])
    known = territory.districts_by_key()
    keys = {town.district for town in towns if town.district in known and not is_city(town.district)}
    return [as_district(towns[0], known[key]) for key in keys]


def as_district(town: Entry, row: territory.District) -> Entry:
    return town._replace(
        is_district=True,
        ags=row.ags,
        name=row.name,
        state=row.state[3:],
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


IRREGULAR = {
    "Hannoveraner": "Hannover",
    "Hallenser": "Halle",
    "Münsteraner": "Münster",
    "Weimaraner": "Weimar",
}


def adjective_bases(token: str) -> list[str]:
    """Names from which an adjective in -er may come: "Bremer", "Dresdner", "Göttinger", "Hofer", "Geraer"."""
    stem = token[:-2]
    bases = [IRREGULAR.get(token, ""), token, stem, stem + "en", token[:-1], stem + "e"]
    if stem.endswith("n"):
        bases.append(stem[:-1] + "en")
    if "häus" in stem:
        bases.append(stem.replace("häus", "haus") + "en")
    if "städt" in stem:
        bases.append(stem.replace("städt", "stadt"))
    return [base for base in bases if base]
