"""Resumption tokens: they hold where a list goes on, so that the server remembers nothing, for a day."""

import base64
import binascii
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

import msgspec

from archive.clock import moment, stamp

LIFE = timedelta(days=1)
LONGEST = 2000


class TokenError(Exception):
    """No token of ours, or one that has expired; caught where arguments are read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on."""

    verb: str
    prefix: str
    since: str
    until: str
    set: str
    after: str


def written(place: Place, now: datetime) -> str:
    """
    >>> given = moment("2018-03-28T14:30:00Z")
    >>> token = written(Place("ListRecords", "oai_dc", "", "", "", "th-tmil-1"), given)
    >>> read(token, given + LIFE).after
    'th-tmil-1'
    """
    told = msgspec.json.encode([*astuple(place), stamp(now)])
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def expires(now: datetime) -> str:
    return stamp(now + LIFE)


def read(token: str, now: datetime) -> Place:
    """Raises TokenError where it is none of ours or too old."""
    try:
        if len(token) > LONGEST or not token.isascii():
            raise TokenError("this is no token of this archive")
        packed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        *place, given = msgspec.json.decode(packed, type=tuple[str, str, str, str, str, str, str])
        expired = moment(given) + LIFE < now or moment(given) > now + LIFE
    except (binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise TokenError("this is no token of this archive") from error
    if expired:
        raise TokenError("this token has expired; begin the list anew, with from where you have a part of it")
    return Place(*place)
