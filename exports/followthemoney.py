"""Entities of the FollowTheMoney model, one JSON object per line, as Aleph and its relatives load them.

Publishers, people with their offices, districts, releases as articles, who is named in them, and grants with
a recipient as payments. Model: https://followthemoney.tech/
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from sqlite_utils import Database

from exports.documents import Document

NAMES = ".names"  # the part of those who are named, whatever was chosen
LANGUAGES = {"de": "deu", "en": "eng", "fr": "fra", "hsb": "hsb", "dsb": "dsb"}
PUBLISHERS = """
SELECT p.id, p.name, p.jurisdiction, (SELECT json_group_array(name) FROM (
    SELECT n.name FROM publisher_names n WHERE n.publisher_id = p.id AND n.name <> p.name ORDER BY n.name))
FROM publishers p ORDER BY p.id
"""
TERMS = """
SELECT minister_id, office, ministry, jurisdiction, party, from_on, to_on FROM terms
ORDER BY minister_id, jurisdiction, office, from_on, to_on, ministry, party
"""
NAMED = """
SELECT DISTINCT 'minister', minister_id, coalesce(office, role)
    FROM minister_mentions WHERE release_id = :id AND minister_id IS NOT NULL
UNION SELECT 'district', district_ags, 'district'
    FROM district_mentions WHERE release_id = :id AND district_ags IS NOT NULL
UNION SELECT 'district', district_ags, 'district, by a municipality of it'
    FROM municipality_mentions WHERE release_id = :id AND district_ags IS NOT NULL
ORDER BY 1, 2, 3
"""
GRANTS = """
SELECT field, "start", "end", value_min, value_max, currency, qualifier, giver, recipient, purpose, status,
    coalesce(granted_on, published_on), sentence, district_ags
FROM grants WHERE release_id = :id AND recipient IS NOT NULL
ORDER BY field, "start", "end", value_max, recipient, purpose
"""
Entity = dict[str, object]


def entity(schema: str, key: str, **properties: object) -> Entity:
    """An entity; values are lists of texts, empty ones are left out."""
    lists = {
        name: [str(v) for v in (value if isinstance(value, list) else [value])]
        for name, value in properties.items()
        if value not in (None, "", [])
    }
    return {"id": key, "schema": schema, "properties": lists}


def write_names(db: Database, path: Path) -> int:
    """Publishers, people, offices and districts; how many entities that are."""
    return _write(path, _names(db))


def write_releases(db: Database, path: Path, documents: Iterable[Document]) -> int:
    """Releases with those named in them and the grants they tell of; how many entities that are."""
    return _write(path, (found for document in documents for found in _release(db, document)))


def _write(path: Path, entities: Iterable[Entity]) -> int:
    encoder, count = msgspec.json.Encoder(), 0
    with path.open("wb") as file:
        for found in entities:
            file.write(encoder.encode(found) + b"\n")
            count += 1
    return count


def _names(db: Database) -> Iterator[Entity]:
    for key, name, land, earlier in db.execute(PUBLISHERS).fetchall():
        previous = msgspec.json.decode(earlier)
        area = None if land == "DE" else land
        yield entity(
            "PublicBody", _publisher(key), name=name, previousName=previous, country="de", jurisdiction="de",
            notes=area,
        )  # fmt: skip
    for key, name, wikidata in db.execute("SELECT id, name, wikidata FROM ministers ORDER BY id"):
        yield entity("Person", _minister(key), name=name, wikidataId=wikidata, topics="role.pep")
    posts = set()
    for minister, office, ministry, land, party, since, until in db.execute(TERMS):
        post = _key("office", land, office, ministry)
        if post not in posts:
            posts.add(post)
            area = None if land == "DE" else land
            said = f"{office} ({ministry})" if ministry else office
            yield entity("Position", post, name=said, country="de", subnationalArea=area)
        yield entity(
            "Occupancy", _key("term", minister, post, since, until, party),
            holder=_minister(minister), post=post, startDate=since, endDate=until, politicalGroup=party,
        )  # fmt: skip
    for ags, name, land in db.execute("SELECT ags, name, jurisdiction FROM districts ORDER BY ags"):
        yield entity("Address", _district(ags), full=name, region=name, state=land, country="de")


def _release(db: Database, d: Document) -> Iterator[Entity]:
    article = f"pressearchiv-{d.id}"
    yield entity(
        "Article", article, title=d.title, fileName=f"{d.id}.txt", bodyText=d.text,
        publishedAt=d.published_on, publisher=d.publisher_name, sourceUrl=d.url, retrievedAt=d.captured_at,
        country="de", language=LANGUAGES.get(d.language or "de"),
    )  # fmt: skip
    yield _documented(article, _publisher(d.publisher_id), "publisher", d)
    for kind, key, role in db.execute(NAMED, {"id": d.id}).fetchall():
        yield _documented(article, _minister(key) if kind == "minister" else _district(key), role, d)
    for row in db.execute(GRANTS, {"id": d.id}).fetchall():
        yield from _grant(article, d, *row)


def _documented(article: str, whom: str, role: str, d: Document) -> Entity:
    key = _key("named", article, whom, role)
    return entity("Documentation", key, document=article, entity=whom, role=role, date=d.published_on)


def _grant(
    article: str,
    d: Document,
    field: str,
    start: int,
    end: int,
    least: float | None,
    most: float | None,
    currency: str,
    qualifier: str,
    giver: str | None,
    recipient: str,
    purpose: str | None,
    status: str,
    day: str | None,
    sentence: str,
    district: str | None,
) -> Iterator[Entity]:
    # Names are taken as the release has them: whether two of one name are one is for others to decide.
    payer = _publisher(d.publisher_id)
    if giver:
        payer = _key("giver", d.publisher_id, giver)
        yield entity("LegalEntity", payer, name=giver, country="de")
    beneficiary = _key("recipient", article, recipient)
    where = _district(district) if district else None
    yield entity("LegalEntity", beneficiary, name=recipient, country="de", addressEntity=where)
    value = most if most is not None else least
    yield entity(
        "Payment", _key("grant", article, field, start, end, recipient, purpose, value),
        payer=payer, beneficiary=beneficiary, amount=value, currency=currency,
        amountEur=value if currency == "EUR" else None, purpose=purpose, date=day, proof=article,
        summary=sentence, description=f"{status}, amount {qualifier}", sourceUrl=d.url,
    )  # fmt: skip


def _publisher(key: str) -> str:
    return f"pressearchiv-publisher-{key}"


def _minister(key: str) -> str:
    return f"pressearchiv-person-{key}"


def _district(ags: str) -> str:
    return f"pressearchiv-district-{ags}"


def _key(kind: str, *parts: object) -> str:
    told = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"pressearchiv-{kind}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"
