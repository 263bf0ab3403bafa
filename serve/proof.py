"""The page of proof: for each value of a release the rule that read it, and the bytes it was read from."""

import asyncio
from dataclasses import dataclass

from datasette.database import Database

from serve import mentions
from serve.archive_rows import Row, row, rows
from serve.language import N_, gettext
from serve.marks import KINDS
from serve.meanings import MEANINGS, sum_of
from serve.spoken import day, heading, number

_RELEASE = """
SELECT releases.*, versions.text, versions.number AS version_number, versions.text_hash, versions.capture_id,
    sources.title AS source_title
FROM releases JOIN versions ON versions.id = releases.version_id
LEFT JOIN sources ON sources.key = releases.source_key WHERE releases.id = :id
"""
_CAPTURE = "SELECT * FROM captures WHERE id = :id"
_STATE = "SELECT key, value FROM archive_state WHERE key IN ('rules', 'built_at')"
_CORRECTIONS = """
SELECT action, kind, surface, reason, decided_on, state FROM corrections
WHERE release_id = :id AND state IN ('applied', 'reopened') ORDER BY decided_on, id
"""
ACTIONS = {
    "reject": N_("verworfen"),
    "confirm": N_("bestätigt"),
    "set": N_("anders gelesen"),
    "date": N_("Tag der Veröffentlichung gesetzt"),
}
HUMAN = "correction"  # the rule of what a person set
_OF_PAGE = (
    ("title", N_("Titel"), "title", "title_rule"),
    ("day", N_("Datum"), "published_on", "published_rule"),
    ("text", N_("Text"), "text", "text_rule"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that was read from a text."""

    kind: str  # as readers call it
    style: str  # a key of KINDS, or grant
    surface: str
    meaning: str
    where: str
    rule: str
    confidence: float
    anchor: str
    key: str  # by which `pressearchiv correct` takes it


async def release(db: Database, release_id: str) -> Row | None:
    """A release with its present version; None where there is none."""
    return await row(db, _RELEASE, {"id": release_id})


async def page(db: Database, release_id: str) -> dict[str, object] | None:
    """Everything the page of proof says; None where there is no such release."""
    shown = await release(db, release_id)
    if shown is None:
        return None
    by_id = {"id": release_id}
    found, grants, capture, state, decided = await asyncio.gather(
        mentions.of_release(db, release_id),
        mentions.grants_of(db, release_id),
        row(db, _CAPTURE, {"id": shown["capture_id"]}),
        rows(db, _STATE),
        rows(db, _CORRECTIONS, by_id),
    )
    values = [_value(kind, mention) for kind, each in found.items() for mention in each]
    values += [_grant(grant) for grant in grants]
    actions = {name: gettext(word) for name, word in ACTIONS.items()}
    return {
        "release": shown,
        "capture": capture,
        "state": {item["key"]: item["value"] for item in state},
        "values": values,
        "of_page": [_of_page(shown, *names) for names in _OF_PAGE],
        "corrections": [decision | {"what": actions[decision["action"]]} for decision in decided],
        "human": HUMAN,
    }


async def value(db: Database, release_id: str, key: str) -> Value | None:
    """The value of a release that goes by this key; None where there is none."""
    kind, _, place = key.partition("@")
    kind = next((ours for ours, theirs in mentions.CORRECTED_AS.items() if theirs == kind), kind)
    start = place.rpartition(":")[2]
    if (kind not in mentions.ALL and kind != "grant") or not start.isascii() or not start.isdigit():
        return None
    if kind == "grant":
        every = [_grant(grant) for grant in await mentions.grants_of(db, release_id)]
    else:
        found = await rows(db, mentions.ALL[kind], {"id": release_id})
        every = [_value(kind, m | {"anchor": mentions.anchor(kind, m)}) for m in found]
    return next((each for each in every if each.key == key), None)


def _value(kind: str, mention: Row) -> Value:
    return Value(
        heading(gettext(KINDS[kind])),
        kind,
        str(mention["surface"]),
        str(MEANINGS[kind](mention)[0]),
        _where(mention),
        str(mention["rule"]),
        float(mention["confidence"]),
        str(mention["anchor"]),
        mentions.key(kind, mention),
    )


def _grant(grant: Row) -> Value:
    said = (sum_of(grant), grant["recipient"], grant["purpose"], grant["municipality"] or grant["district"])
    return Value(
        gettext("Förderung"),
        "grant",
        str(grant["sentence"]),
        ", ".join(str(part) for part in said if part),
        _where(grant),
        str(grant["rule"]),
        float(grant["confidence"]),
        str(grant["anchor"]),
        mentions.key("grant", mentions.amount_of(grant)),
    )


def _where(mention: Row) -> str:
    span = {"start": mention["start"], "end": mention["end"]}
    if mention["field"] == "title":
        return gettext("Titel, Zeichen %(start)s bis %(end)s", **span)
    return gettext("Text, Zeichen %(start)s bis %(end)s", **span)


def _of_page(release: Row, anchor: str, word: str, column: str, rule: str) -> Row:
    said = release[column]
    if anchor == "day":
        said = day(said)
    elif anchor == "text":
        said = gettext("%(n)s Zeichen", n=number(release["characters"]))
    return {"anchor": anchor, "word": gettext(word), "said": said, "rule": release[rule]}
