"""Which records of a foreign file become captures, and the reason for each that does not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from archive.answer import HEAD_END, answer, fits, unchunked
from archive.clock import stamp
from archive.evidence import decoded
from archive.foreign import Foreign
from archive.imports import Copy
from archive.redaction.scrub import scrubbed, scrubbed_bytes
from archive.redaction.words import Sought
from archive.urls import canonical
from archive.warc import AT_CAPTURE, REDACTED
from crawler.importing.tally import SILENT
from crawler.importing.whose import Owned, Refusal

DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$")
PAGE = re.compile(r"\s*(?:$|text/(?:html|plain)|application/xhtml)", re.IGNORECASE)
TOLD = (200, 304, 404, 410)  # what these say is about the page; other answers are about the server
OF_PAYLOAD = ("content-encoding", "transfer-encoding", "content-length")
CLOCK = timedelta(days=1)  # by which the clock of another may be fast


@dataclass(frozen=True, slots=True)
class Headed:
    """What the headers of a record say before its block is read."""

    url: str
    day: date
    captured_at: str
    owned: Owned


def headed(
    headers: Mapping[str, str], owner: Callable[[str, date], Owned | Refusal], now: datetime
) -> Headed | str:
    """The source and role of a record; or the reason why it is refused."""
    kind = headers.get("warc-type", "").lower()
    if kind not in ("response", "revisit"):
        return kind if kind in SILENT else "unknown"
    url = headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")
    try:
        address = canonical(url)
    except ValueError:
        return "no_address"
    if "warc-segment-number" in headers:
        return "in_segments"
    moment = captured(headers.get("warc-date", ""))
    if moment is None or moment > now + CLOCK:
        return "no_date"
    owned = owner(address, moment.date())
    return owned if isinstance(owned, str) else Headed(url, moment.date(), stamp(moment), owned)


def captured(text: str) -> datetime | None:
    """The moment that a WARC-Date names; in UTC where it says nothing else.

    >>> captured("2018-03-28T14:30:00.123Z"), captured("20180328143000") == captured("2018-03-28T14:30:00Z")
    (datetime.datetime(2018, 3, 28, 14, 30, tzinfo=datetime.timezone.utc), True)
    """
    found = DATE.match(text.strip())
    if not found:
        return None
    zone = found[7] or "Z"
    try:
        moment = datetime(*map(int, found.groups()[:6]), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    if zone == "Z":
        return moment
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    ahead = timedelta(hours=hours, minutes=minutes)
    return moment - ahead if zone[0] == "+" else moment + ahead


def chosen(record: Foreign, head: Headed) -> Copy | str:
    """The record as it will be copied; or the reason why it is refused."""
    if record.problem:
        return record.problem
    found = answer(record.block or b"")
    if found is None:
        return "no_answer"
    if found.status not in TOLD or (head.owned.role != "detail" and found.status > 304):
        return f"status_{found.status}"
    if (
        head.owned.role == "detail"
        and found.status == 200
        and not PAGE.match(found.headers.get("content-type", ""))
    ):
        return "not_html"
    if record.kind == "response" and not _is_whole(record, found.payload, found.headers):
        return "wrong_digest"
    return Copy(
        headers=record.headers,
        block=record.block or b"",
        offset=record.offset,
        role=head.owned.role,
        url=head.url,
        requested_url=head.owned.source.standing(canonical(head.url)),
        captured_at=head.captured_at,
        payload=found.payload,
    )


def without(copy: Copy, what: Sought) -> Copy:
    """A record without words that must not come in; without encodings, where its payload held some."""
    end = HEAD_END.search(copy.block)
    head = copy.block[: end.start()] if end else copy.block
    lines = [scrubbed(line, what) for line in head.decode("latin-1").split("\r\n")]
    told = {line.partition(":")[0].strip().lower(): line.partition(":")[2].strip() for line in lines}
    sent = unchunked(copy.payload) if "chunked" in told.get("transfer-encoding", "") else copy.payload
    plain, _ = decoded(sent, told.get("content-encoding", ""))
    clean = scrubbed_bytes(plain, what)
    if clean == plain:
        clean = copy.payload
    else:
        lines = [line for line in lines if line.partition(":")[0].strip().lower() not in OF_PAYLOAD]
        lines.append(f"Content-Length: {len(clean)}")
    block = "\r\n".join([*lines, "", ""]).encode("latin-1") + clean
    headers = {name: scrubbed(value, what) for name, value in copy.headers.items()}
    if block == copy.block and headers == copy.headers:
        return copy
    return replace(copy, headers=headers | {REDACTED.lower(): AT_CAPTURE}, block=block, payload=clean)


def _is_whole(record: Foreign, payload: bytes, http: Mapping[str, str]) -> bool:
    """Whether a digest that is stated fits; writers differ in what they take for the payload."""
    block = record.headers.get("warc-block-digest", "")
    if not fits(block, record.block or b""):
        return False
    stated = record.headers.get("warc-payload-digest", "")
    if fits(stated, payload) or ":" in block:
        return True
    plain = unchunked(payload)
    return fits(stated, plain) or fits(stated, decoded(plain, http.get("content-encoding", ""))[0])
