"""A release as schema.org JSON-LD, for pages and whoever reads them by machine."""

import json
from collections.abc import Iterable, Mapping

HTML = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}  # nothing ends the script element


def jsonld(
    release: Mapping[str, object], address: str, mentions: Iterable[tuple[str, str, str | None]] = ()
) -> dict[str, object]:
    """What schema.org says of a release: a row of `releases`, and the address of its page here.

    `mentions` are kind (minister, district, municipality), name and, where known, the Wikidata id or the
    official key. Values that are not known are left out.
    """
    about = [_named(*mention) for mention in dict.fromkeys(mentions)]
    said = {
        "@context": "https://schema.org",
        "@type": "Report" if release["kind"] == "statement" else "NewsArticle",
        "@id": address,
        "url": address,
        "headline": release["title"],
        "alternativeHeadline": release["subtitle"],
        "genre": release["kind"],
        "datePublished": release["published_at"] or release["published_on"],
        "dateModified": release["updated_on"],
        "inLanguage": release["language"],
        "identifier": [release["id"], *([release["number"]] if release["number"] else [])],
        "isBasedOn": release["url"],
        "publisher": {"@type": "GovernmentOrganization", "name": release["publisher_name"]},
        "spatialCoverage": release["jurisdiction"],
        "version": release["versions"],
        "mentions": about,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _named(kind: str, name: str, key: str | None) -> dict[str, object]:
    if kind == "minister":
        same = {"sameAs": f"http://www.wikidata.org/entity/{key}"} if key else {}
        return {"@type": "Person", "name": name, **same}
    code = {"@type": "PropertyValue", "propertyID": "AGS", "value": key}
    return {"@type": "AdministrativeArea", "name": name, **({"identifier": code} if key else {})}


def script(said: Mapping[str, object]) -> str:
    """As the content of a script element, which no text of a release can leave."""
    return json.dumps(said, ensure_ascii=False).translate(HTML)
