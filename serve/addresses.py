"""Where each thing has its page.

>>> district("16065"), office("Ministerin für Umwelt"), release("a b")
('/kreis/16065', '/amt/Ministerin%20f%C3%BCr%20Umwelt', '/m/a%20b')
"""

from urllib.parse import quote


def release(release_id: str) -> str:
    return f"/m/{quote(release_id, safe='')}"


def person(minister_id: str) -> str:
    return f"/person/{quote(minister_id, safe='')}"


def office(name: str) -> str:
    return f"/amt/{quote(name, safe='')}"


def ministry(publisher_id: str) -> str:
    return f"/ministerium/{quote(publisher_id, safe='')}"


def district(ags: str) -> str:
    return f"/kreis/{quote(ags, safe='')}"


def municipality(ags: str) -> str:
    return f"/gemeinde/{quote(ags, safe='')}"


def grant(key: str) -> str:
    """The page of a grant by the key of a telling; of a telling that came later, it leads to the first."""
    return f"/foerderung/{quote(key, safe='')}"


def land(code: str) -> str:
    return f"/karte/{quote(code, safe='')}"


BY_KIND = {
    "minister": person,
    "office": office,
    "ministry": ministry,
    "district": district,
    "municipality": municipality,
}
