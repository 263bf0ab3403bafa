"""The page on the versions of a release: any two of them compared, by their words and by what they state."""

import asyncio
import json
from collections.abc import Mapping

from datasette.database import Database

from archive.differences import Edit, difference
from serve import citations, redacted
from serve.archive_rows import Row, row, rows
from serve.difference import paragraphs, stretches
from serve.language import N_, gettext
from serve.spoken import heading, number

KIND_WORDS = {
    "title": N_("Titel"),
    "amount": N_("Betrag"),
    "date": N_("Zeitangabe"),
    "minister": N_("Regierungsmitglied"),
    "person": N_("Person im Amt"),
    "district": N_("Kreis"),
    "municipality": N_("Gemeinde"),
    "quote": N_("Zitat"),
    "number": N_("Zahl"),
}
ACTION_WORDS = {"changed": N_("geändert"), "vanished": N_("entfallen"), "appeared": N_("hinzugekommen")}
RULE_WORDS = {
    "slip": N_("nur Schreibweise"),
    "punctuation": N_("nur Satzzeichen"),
    "negation": N_("Verneinung geändert"),
    "modality": N_("Verbindlichkeit geändert (soll, kann, muss, wird)"),
    "wording": N_("anderer Wortlaut"),
    "paragraph": N_("ganze Passage entfallen oder hinzugekommen"),
}
CHANGE_WORDS = {
    "substantive": N_("inhaltlich geändert"),
    "editorial": N_("redaktionell geändert"),
    "cosmetic": N_("im Wortlaut gleich"),
}
UNCLEAR = {
    "few_checks": N_("nicht gefunden, aber noch nicht oft genug abgerufen"),
    "many_at_once": N_("nicht gefunden, zugleich mit vielen anderen; vermutlich wurde das Portal umgebaut"),
    "portal_silent": N_("nicht gefunden, auch andere Seiten des Portals waren nicht zu sehen"),
    "soft_404": N_("statt der Mitteilung kam eine Fehlerseite"),
    "blocked": N_("der Abruf wurde gesperrt"),
    "unreachable": N_("das Portal war nicht erreichbar"),
    "layout_changed": N_("der Aufbau des Portals hatte sich geändert"),
    "redirected_to_list": N_("die Adresse führt auf eine Übersicht oder die Startseite"),
    "other_page": N_("die Adresse zeigt etwas anderes"),
    "no_text": N_("die Seite hatte keinen lesbaren Text"),
    "error_page": N_("das Portal meldete einen Fehler"),
}
LONGEST = 90  # characters of a wording in a reason
VERSIONS = "SELECT * FROM versions WHERE release_id = :id ORDER BY number"
STEPS = "SELECT * FROM changes WHERE release_id = :id AND is_step ORDER BY to_number"
CHANGE = "SELECT * FROM changes WHERE release_id = :id AND from_number = :old AND to_number = :new"
FACTS = "SELECT * FROM fact_changes WHERE change_id = :change ORDER BY number"


async def page(db: Database, release_id: str, asked: Mapping[str, str]) -> dict[str, object] | None:
    """Everything the page of versions says; None where there is no such release.

    `asked` may name two versions (`von`, `bis`) and the view (`ansicht=nebeneinander`).
    """
    by_id: dict[str, object] = {"id": release_id}
    release = await row(db, "SELECT * FROM releases WHERE id = :id", by_id)
    if release is None:
        return None
    held, steps, presence = await asyncio.gather(
        rows(db, VERSIONS, by_id), rows(db, STEPS, by_id), missing(db, release_id)
    )
    said: dict[str, object] = {"release": release, "held": held, "presence": presence}
    said |= {"taken_out": await redacted.decisions(db, release_id), "citation_forms": citations.FORMS}
    said["steps"] = {step["to_number"]: _step(step) for step in steps}
    said["beside"] = asked.get("ansicht") == "nebeneinander"
    if len(held) > 1:
        old, new = _chosen(held, asked)
        said |= {"old": old, "new": new, "shown": await _compared(db, old, new)}
    return said


async def missing(db: Database, release_id: str) -> Row | None:
    """What was observed of a page that was not always there; None where there is nothing to say."""
    return await row(db, "SELECT * FROM presence WHERE release_id = :id", {"id": release_id})


def unclear(reason: str) -> str:
    """Why it cannot be said whether a page is still there."""
    if reason.startswith("status_"):
        return gettext("Antwort mit Status %(code)s", code=reason.removeprefix("status_"))
    return gettext(UNCLEAR.get(reason, N_("die Seite war nicht zu lesen")))


def fact_words(kind: str, action: str) -> str:
    """What became of a fact, as „Betrag geändert“."""
    became = gettext(ACTION_WORDS.get(action, action))
    return gettext("%(fact)s %(became)s", fact=_kind_word(kind), became=became)


def _kind_word(kind: str) -> str:
    return heading(gettext(KIND_WORDS.get(kind, kind)))


def _chosen(held: list[Row], asked: Mapping[str, str]) -> tuple[Row, Row]:
    """The two versions asked for, the older first; the last two where nothing sensible was asked."""
    by_number = {str(version["number"]): version for version in held}
    old, new = by_number.get(asked.get("von", "")), by_number.get(asked.get("bis", ""))
    if old is None or new is None or old is new:
        return held[-2], held[-1]
    return (old, new) if old["number"] < new["number"] else (new, old)


async def _compared(db: Database, old: Row, new: Row) -> dict[str, object]:
    """As the build compared them; two that it did not compare by their words only."""
    values = {"id": old["release_id"], "old": old["number"], "new": new["number"]}
    change = await row(db, CHANGE, values)
    facts = await rows(db, FACTS, {"change": change["id"]}) if change else []
    if change:
        title, text = (_edits(change[name]) for name in ("title_difference", "text_difference"))
    else:  # long texts take a second, in which others are to be served
        title, text = await asyncio.to_thread(
            lambda: (difference(old["title"], new["title"]), difference(old["text"], new["text"]))
        )
    return {
        "change": change and _step(change),
        "facts": [_fact(fact) for fact in facts],
        "title": paragraphs(old["title"], title) if title else [],
        "stretches": stretches(paragraphs(old["text"], text)),
        "same": not title and not text,
    }


def _edits(stored: str) -> tuple[Edit, ...]:
    return tuple(Edit(*edit) for edit in json.loads(stored))


def _step(change: Row) -> Row:
    reasons = [
        {"word": _rule(reason["rule"]), "old": _short(reason["old"]), "new": _short(reason["new"])}
        for reason in json.loads(change["reasons"])
    ]
    kind = change["kind"]
    word = gettext(CHANGE_WORDS[kind])
    return change | {"reasons": reasons, "word": word, "weight": number(round(change["significance"], 2))}


def _rule(rule: str) -> str:
    kind, _, action = rule.partition("_")
    return gettext(RULE_WORDS[rule]) if rule in RULE_WORDS else fact_words(kind, action)


def _fact(fact: Row) -> Row:
    action = fact["action"]
    return fact | {"word": _kind_word(fact["kind"]), "what": gettext(ACTION_WORDS[action])}


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0] + " …"
