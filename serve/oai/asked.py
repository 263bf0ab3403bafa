"""What a harvester asks for, read as the protocol has it: six verbs, each with its arguments."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive.clock import moment
from serve.oai import tokens

# verb: arguments that must and that may be there
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set", "resumptionToken"}),
    ),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
PREFIX = "pressearchiv:"
UNRESERVED = r"[A-Za-z0-9\-_.!~*'()]+"
FORMS = {  # as the schema of the protocol has them; what is repeated in an answer must keep to it
    "metadataPrefix": re.compile(UNRESERVED),
    "set": re.compile(f"{UNRESERVED}(:{UNRESERVED})*"),
    "identifier": re.compile(r"[^\x00-\x20<>\"{}|\\^`\x7f-\x9f\ufffe\uffff]+"),
}


class OaiError(Exception):
    """An error of the protocol, which is an answer like others; caught where answers are made."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the protocol. Moments are as the archive stores them."""

    verb: str
    identifier: str = ""
    prefix: str = ""
    since: str = ""
    until: str = ""
    set: str = ""
    after: str = ""  # the identifier after which a list goes on

    @property
    def release_id(self) -> str:
        """Raises OaiError where the identifier is none of ours."""
        if not self.identifier.startswith(PREFIX):
            raise OaiError("idDoesNotExist", f"identifiers here begin with {PREFIX}")
        return self.identifier.removeprefix(PREFIX)


def asked(arguments: Iterable[tuple[str, str]], now: datetime) -> Asked:
    """A request. Raises OaiError where it breaks the protocol or its resumption token has expired."""
    given: dict[str, str] = {}
    pairs = list(arguments)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", f"say one verb of {', '.join(VERBS)}")
    for name, value in pairs:
        if name in given:
            raise OaiError("badArgument", f"{name} is given twice")
        given[name] = value
    return _read(given.pop("verb"), given, now)


def _read(verb: str, given: dict[str, str], now: datetime) -> Asked:
    must, may = VERBS[verb]
    if unknown := set(given) - must - may:
        raise OaiError("badArgument", f"{verb} has no argument {', '.join(sorted(unknown))}")
    if "resumptionToken" in given:
        if len(given) > 1:
            raise OaiError("badArgument", "a resumptionToken stands alone")
        return _resumed(verb, given["resumptionToken"], now)
    if missing := must - set(given):
        raise OaiError("badArgument", f"{verb} needs {', '.join(sorted(missing))}")
    for name, form in FORMS.items():
        if name in given and not form.fullmatch(given[name]):
            raise OaiError("badArgument", f"{name} has characters that the protocol does not allow there")
    since, until = given.get("from", ""), given.get("until", "")
    _check(since, until)
    return Asked(
        verb,
        given.get("identifier", ""),
        given.get("metadataPrefix", ""),
        f"{since}T00:00:00Z" if DAY.fullmatch(since) else since,
        f"{until}T23:59:59Z" if DAY.fullmatch(until) else until,
        given.get("set", ""),
    )


def _check(since: str, until: str) -> None:
    forms = []
    for name, value in (("from", since), ("until", until)):
        if value:
            forms.append("moment" if MOMENT.fullmatch(value) else "day" if DAY.fullmatch(value) else "")
            if not forms[-1] or not _exists(value):
                raise OaiError("badArgument", f"{name}: write 2018-03-28 or 2018-03-28T14:30:00Z")
    if len(set(forms)) > 1:
        raise OaiError("badArgument", "from and until must be equally exact")
    if since and until and since > until:
        raise OaiError("badArgument", "from is later than until")


def _exists(value: str) -> bool:
    try:
        moment(f"{value}T00:00:00Z" if DAY.fullmatch(value) else value)
    except ValueError:
        return False
    return True


def _resumed(verb: str, token: str, now: datetime) -> Asked:
    try:
        place = tokens.read(token, now)
    except tokens.TokenError as error:
        raise OaiError("badResumptionToken", str(error)) from error
    if place.verb != verb:
        raise OaiError("badResumptionToken", f"this token was given for {place.verb}")
    return Asked(verb, "", place.prefix, place.since, place.until, place.set, place.after)
