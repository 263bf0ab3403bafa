"""The file of corrections: what people decided about single values, kept under version control.

One TOML table per decision, read strictly. A decision about a mention names it by release, hash of the text
it was taken on, kind, field, offsets and surface, so that it can never hit another mention by accident.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomlkit
from tomlkit.items import Table

from archive.errors import ArchiveError
from archive.locks import lock
from archive.people import people
from archive.territory import districts_by_key, municipalities_by_key

Action = Literal["reject", "confirm", "set", "date", "merge", "split"]
Field = Literal["title", "text"]
ABOUT_MENTIONS = ("reject", "confirm", "set")
SETTABLE: Mapping[str, Mapping[str, type]] = {
    "amount": {"value_min": float, "value_max": float, "currency": str, "qualifier": str},
    "date": {"timex": str, "timex_type": str, "first_on": str, "last_on": str},
    "minister": {"person_id": str, "role": str},
    "person_in_office": {"name": str, "office": str},
    "district": {"ags": str},
    "municipality": {"ags": str},
}
KINDS = (*SETTABLE, "grant")
ONE_OF = {
    "qualifier": ("exact", "about", "at_least", "at_most", "range"),
    "timex_type": ("DATE", "TIME", "DURATION", "SET"),
    "role": ("minister", "head_of_government", "deputy", "former", "state_secretary"),
}
CAN_BE_NONE = ("value_min", "value_max", "first_on", "last_on", "ags", "person_id")
CURRENCY = re.compile("[A-Z]{3}")
HEAD = "# Decisions of people about single values; read by every build. Keep it under version control.\n"


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mention as it stood when the decision was taken; offsets count within title or text."""

    kind: str
    field: Field
    start: int
    end: int
    surface: str


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One decision. Which fields it needs depends on the action."""

    id: str
    action: Action
    author: str
    reason: str
    decided_on: date
    release: str | None = None
    text_hash: str | None = None  # of the version that was looked at
    mention: Target | None = None
    value: dict[str, str | float] = {}  # "" says that there is none: an open bound, no known key
    person: str | None = None  # merge, split: the person whose mentions become another's
    into: str | None = None
    source: str | None = None  # split: only mentions in releases of this source,
    since: date | None = None  # and published in this span of days
    until: date | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    correction: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrections:
    """All decisions, in the order of the file."""

    all: tuple[Correction, ...] = ()
    has_file: bool = True

    def by_release(self) -> dict[str, list[Correction]]:
        """The decisions about single releases."""
        found: dict[str, list[Correction]] = {}
        for correction in self.all:
            if correction.release:
                found.setdefault(correction.release, []).append(correction)
        return found

    def about_persons(self) -> tuple[Correction, ...]:
        """The decisions that make one person of two, or two of one."""
        return tuple(c for c in self.all if c.action in ("merge", "split"))


NONE = Corrections(has_file=False)


def read(path: Path) -> Corrections:
    """The decisions of a file; none where it does not exist. Raises ArchiveError naming what is wrong."""
    if not path.exists():
        return NONE
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_File).correction
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        quoted = "a day among the values stands in quotation marks; " * ("got `date`" in str(error))
        raise ArchiveError(f"{path}: {error}; {quoted}docs/corrections.md shows the format") from error
    seen: set[str] = set()
    for correction in found:
        if correction.id in seen:
            raise ArchiveError(f"{path}: two corrections have the id {correction.id!r}; change one of them")
        seen.add(correction.id)
        if fault := _fault(correction):
            raise ArchiveError(f"{path}: correction {correction.id!r}: {fault}")
    _refuse_circle(path, found)
    return Corrections(found)


def write(path: Path, corrections: Iterable[Correction], *, keep: bool = True) -> None:
    """Replace the file at once, so that a crash leaves the old one or the new one.

    What people wrote into it beside the decisions, and how they set a decision that stays, is kept; without
    `keep`, everything is written anew.
    """
    held = path.read_text("utf-8") if keep and path.exists() else f"{HEAD}\n"
    document = tomlkit.parse(held)
    known = {str(table["id"]): table for table in document.get("correction", ())}
    tables = tomlkit.aot()
    for correction in corrections:
        table = known.get(correction.id)
        stays = table is not None and msgspec.convert(table.unwrap(), Correction) == correction
        tables.append(table if table is not None and stays else _table(correction))
    document.pop("correction", None)
    if tables:
        document["correction"] = tables
    draft = path.with_name(f".{path.name}.draft")  # the next write takes a torn one
    with draft.open("w", encoding="utf-8") as file:
        file.write(document.as_string())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _table(correction: Correction) -> Table:
    table: Table = tomlkit.item(msgspec.to_builtins(correction, builtin_types=(date,)))
    table.add(tomlkit.nl())
    return table


def change(
    path: Path, by: Callable[[tuple[Correction, ...]], Iterable[Correction]], *, keep: bool = True
) -> None:
    """Replace the decisions of a file by what is made of them; two changes at once wait for each other."""
    with lock(path.with_name(f".{path.name}.lock"), f"a change of {path}", seconds=10):
        changed = tuple(by(read(path).all))
        _refuse_circle(path, changed)
        write(path, changed, keep=keep)


def cleaned(
    known: Iterable[Correction], clean: Callable[[str], str], gone: Container[str]
) -> list[Correction]:
    """The decisions without those about releases that went, and without words that `clean` takes out."""

    def every(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: every(each) for key, each in value.items()}
        return clean(value) if isinstance(value, str) else value

    kept = [msgspec.to_builtins(c, builtin_types=(date,)) for c in known if c.release not in gone]
    return [msgspec.convert(every(said), Correction) for said in kept]


def decided(action: Action, author: str, reason: str, on: date, **said: Any) -> Correction:
    """A correction with an id made of what it says. Raises ArchiveError where it makes no sense."""
    values = {name: value for name, value in said.items() if value is not None}
    correction = Correction("", action, author.strip(), reason.strip(), on, **values)
    if fault := _fault(correction):
        raise ArchiveError(fault)
    content = json.dumps(msgspec.to_builtins(correction), sort_keys=True, ensure_ascii=False)
    return msgspec.structs.replace(correction, id=hashlib.sha256(content.encode()).hexdigest()[:10])


def _fault(correction: Correction) -> str | None:
    """What is wrong with a correction; None where nothing is."""
    if not correction.author.strip() or not correction.reason.strip():
        return "who decided it (author) and why (reason) must be said"
    if correction.action in ("merge", "split"):
        return _person_fault(correction)
    if not correction.release:
        return "it must name a release"
    if correction.action == "date":
        return _published_fault(correction)
    mention = correction.mention
    if mention is None or not correction.text_hash:
        return "it must name a mention, and the hash of the text it was taken on"
    if mention.kind not in KINDS:
        return f"{mention.kind!r} is no kind; known are {', '.join(KINDS)}"
    return _value_fault(mention.kind, correction.value) if correction.action == "set" else None


def _person_fault(correction: Correction) -> str | None:
    known = _persons()
    for who in (correction.person, correction.into):
        if who not in known:
            return f"{who!r} is no person of ours; the ids stand in the table ministers"
    if correction.person == correction.into:
        return "person and into are the same"
    if correction.action == "split" and not (correction.source or correction.since or correction.until):
        return "a split must say which mentions: source, since or until"
    if correction.since and correction.until and correction.since > correction.until:
        return "since comes after until"
    return None


def _refuse_circle(path: Path, found: Iterable[Correction]) -> None:
    """Merges that lead back to where they began would leave no person to be the one."""
    into = {c.person: c.into for c in found if c.action == "merge"}
    for first in into:
        way = [first]
        while (then := into.get(way[-1])) and then not in way:
            way.append(then)
        if then == first:
            circle = " → ".join(map(str, [*way, first]))
            raise ArchiveError(f"{path}: merges go in a circle ({circle}); withdraw one of them")


def _persons() -> frozenset[str]:
    return frozenset(person.person_id for person in people())


def _value_fault(kind: str, value: Mapping[str, object]) -> str | None:
    settable = SETTABLE.get(kind, {})
    if not value or not set(value) <= set(settable):
        return f"of a mention of kind {kind} can be set: {', '.join(settable) or 'nothing'}"
    faults = (_said_fault(kind, name, said) for name, said in value.items())
    if fault := next(filter(None, faults), None):
        return fault
    for low, high in (("value_min", "value_max"), ("first_on", "last_on")):
        first, last = value.get(low, ""), value.get(high, "")
        if "" not in (first, last) and first > last:  # type: ignore[operator]
            return f"{low} is more than {high}"
    key = str(value.get("ags", value.get("person_id", "")))
    if key and key not in _keys(kind):
        return f"{key!r} is no {kind} of ours; the keys stand in its table"
    return None


def _said_fault(kind: str, name: str, said: object) -> str | None:
    if said == "":
        return None if name in CAN_BE_NONE else f"{name} cannot be empty"
    if SETTABLE[kind][name] is float:
        is_number = isinstance(said, int | float) and isfinite(said)
        return None if is_number else f"{name} is a number, not {said!r}"
    if not isinstance(said, str):
        return f"{name} is written in quotation marks, not as {said!r}"
    if name in ONE_OF and said not in ONE_OF[name]:
        return f"{name} is one of {', '.join(ONE_OF[name])}"
    if name == "currency" and not CURRENCY.fullmatch(said):
        return f"{said!r} is no currency; write its code of three letters, as EUR"
    return _day_fault(said) if name in ("first_on", "last_on") else None


def _keys(kind: str) -> Container[str]:
    match kind:
        case "district":
            return districts_by_key()
        case "municipality":
            return municipalities_by_key()
    return _persons()


def _published_fault(correction: Correction) -> str | None:
    day = correction.value.get("published_on")
    if fault := _day_fault(day):
        return fault
    later = date.fromisoformat(str(day)) > correction.decided_on
    return f"{day} comes after the day of the decision; nothing was published then" if later else None


def _day_fault(said: object) -> str | None:
    try:
        date.fromisoformat(str(said))
    except ValueError:
        return f"{said!r} is no day; write it as 2026-03-28"
    return None
