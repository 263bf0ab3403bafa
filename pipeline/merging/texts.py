"""Rows of another archive without what was redacted here, before they come in."""

from collections.abc import Iterable

from archive.redaction.decisions import Redaction, address_hash, sought_by
from archive.redaction.scrub import MARK, scrubbed
from archive.urls import canonical


def of_source(decisions: Iterable[Redaction], key: str | None) -> tuple[Redaction, ...]:
    """The decisions that touch a source."""
    return tuple(r for r in decisions if r.source in (None, key))


def clean(text: str, decisions: Iterable[Redaction]) -> str:
    """A text without the words; what is left of an address is marked, so that it stays apart from others."""
    is_address = text.startswith(("http://", "https://"))
    for redaction in decisions:
        text = scrubbed(text, sought_by(redaction), f"entfernt-{redaction.id}" if is_address else MARK)
    return text


def is_gone(url: str, decisions: Iterable[Redaction]) -> bool:
    """Whether what stood at an address went as a whole."""
    if not url.startswith(("http://", "https://")):
        return False
    known = canonical(url)
    return any(address_hash(known, r.salt) in r.addresses for r in decisions if r.addresses)
