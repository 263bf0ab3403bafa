"""What a mention means, as our pages say it, and where it leads."""

from collections.abc import Callable

from serve import addresses
from serve.archive_rows import Row
from serve.language import gettext
from serve.spoken import amount, span


def minister(mention: Row) -> tuple[object, str | None]:
    if not mention["minister_id"]:
        return unclear(mention["name"] or mention["surface"]), None
    said = ", ".join(str(part) for part in (mention["name"], mention["office"], mention["party"]) if part)
    return said, addresses.person(mention["minister_id"])


def place(mention: Row) -> tuple[object, str | None]:
    ags, town = mention["district_ags"], mention.get("municipality_ags")
    if "official" in mention:
        name = mention["official"] or mention["name"]
    else:
        name = f"{mention['name']}, {mention['district']}" if mention["district"] else mention["name"]
    if town or ags:
        return name, addresses.municipality(town) if town else addresses.district(ags)
    return unclear(name), None


def unclear(name: object) -> str:
    """A name that more than one bears."""
    return gettext("%(name)s (nicht eindeutig)", name=name)


def sum_of(mention: Row) -> str:
    said = amount(mention["value_min"], mention["value_max"], mention["currency"], mention["qualifier"])
    return said or str(mention.get("surface", ""))


def day_of(mention: Row) -> str:
    first, last = mention["first_on"], mention["last_on"]
    if not first and not last:
        return str(mention["timex"])
    return span(first, last)


MEANINGS: dict[str, Callable[[Row], tuple[object, str | None]]] = {
    "minister": minister,
    "person": lambda m: (f"{m['name'] or m['surface']}, {m['office']}", None),
    "district": place,
    "municipality": place,
    "amount": lambda m: (sum_of(m), None),
    "date": lambda m: (day_of(m), None),
}
