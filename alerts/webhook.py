"""Letters as JSON for programs, signed as https://www.standardwebhooks.com says."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from alerts import plain
from alerts.delivery import post
from alerts.letter import Letter
from alerts.outbox import Message
from alerts.told import Told
from archive.snippets import Piece


def send(letter: Letter, message: Message, now: datetime) -> None:
    """Post a letter. Raises DeliveryError where the answer is not 2xx."""
    subscription = letter.subscription
    body = json.dumps(payload(letter, message), ensure_ascii=False).encode("utf-8", "replace")
    at = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": message.id,
        "webhook-id": message.id,
        "webhook-timestamp": at,
        "webhook-signature": signature(subscription.secret, message.id, at, body),
    }
    post(subscription.target, body, headers)


def signature(secret: str, message_id: str, at: str, body: bytes) -> str:
    """What proves that a body came from whoever knows the secret.

    >>> signature("5e", "1", "2", b"{}")[:3]
    'v1,'
    """
    signed = b".".join((message_id.encode(), at.encode(), body))
    return "v1," + base64.b64encode(hmac.new(bytes.fromhex(secret), signed, hashlib.sha256).digest()).decode()


def shown(secret: str) -> str:
    """A secret as libraries for such webhooks take it."""
    return f"whsec_{base64.b64encode(bytes.fromhex(secret)).decode()}"


def payload(letter: Letter, message: Message) -> dict[str, object]:
    """What a program is told; `text` is what a chat program shows."""
    subscription = letter.subscription
    return {
        "id": message.id,
        "matter": message.matter,
        "subscription": subscription.id,
        "search": {"words": letter.search, "url": letter.links.search(subscription)},
        "text": f"{letter.subject}\n\n{plain.text(letter)}",
        "note": letter.note or None,
        "events": [_event(one) for one in letter.told],
        "broken_sources": [asdict(source) for source in letter.broken],
    }


def _event(one: Told) -> dict[str, object]:
    return {
        "kind": one.event.kind,
        "observed_at": one.event.observed_at,
        "release": one.release_id,
        "version": one.version,
        "title": "".join(piece.text for piece in one.title),
        "publisher": one.publisher,
        "published_on": one.published_on,
        "url": one.address,
        "original_url": one.original,
        "passage": _pieces(one.passage.pieces),
        "passage_attachment": one.passage.attachment or None,
        "passage_page": one.passage.page,
        "passage_is_of_the_text_before": one.no_longer,
        "changes": [
            {"before": turn.before, "after": turn.after, "of_title": turn.of_title} for turn in one.turns
        ],
        "more_changes": one.more_turns,
        "absence": asdict(one.absence) if one.absence else None,
    }


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, object]]:
    return [{"text": piece.text, "hit": piece.hit} for piece in pieces]
