"""Nodes that crawl: scrapyd processes, told over HTTP what to do and asked what they did."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import msgspec

from archive.errors import ArchiveError

PROJECT = "pressearchiv"
SECONDS = 60  # the first order makes a node read all its sources


class NodeError(ArchiveError):
    """A node does not answer; the message names it."""


class RefusedError(ArchiveError):
    """A node does not take an order: its program, or its configuration, is not ours."""


class _Job(msgspec.Struct, frozen=True):
    spider: str
    id: str
    start_time: str | None = None


class _Listed(msgspec.Struct, frozen=True):
    status: str
    message: str = ""
    pending: tuple[_Job, ...] = ()
    running: tuple[_Job, ...] = ()
    finished: tuple[_Job, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What a node has to do and has done: keys of sources, and when they were begun last."""

    busy: frozenset[str]
    last: Mapping[str, datetime]


def work(node: str) -> Work:
    """Raises NodeError, RefusedError."""
    listed = _call(node, f"listjobs.json?{urlencode({'project': PROJECT})}")
    last: dict[str, datetime] = {}
    for job in (*listed.finished, *listed.running):
        if job.start_time:
            began = datetime.fromisoformat(job.start_time).astimezone(
                UTC
            )  # in the time of the node: keep one
            last[job.spider] = max(began, last.get(job.spider, began))
    return Work(frozenset(job.spider for job in (*listed.pending, *listed.running)), last)


def send(node: str, key: str, extent: Mapping[str, str]) -> None:
    """Put a source into the queue of a node. Raises NodeError, RefusedError."""
    _call(node, "schedule.json", {"project": PROJECT, "spider": key, **extent})


def _call(node: str, path: str, data: Mapping[str, str] | None = None) -> _Listed:
    parts = urlsplit(node)
    headers = {}
    if parts.username is not None:
        secret = f"{parts.username}:{parts.password or ''}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(secret).decode()}"
    plain = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))
    body = urlencode(data).encode() if data is not None else None
    try:
        request = Request(f"{plain}/{path}", body, headers)  # noqa: S310  # named on our command line
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            said = msgspec.json.decode(answer.read(), type=_Listed)
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise NodeError(f"{plain} does not answer as scrapyd does ({error}); look whether it runs") from error
    if said.status != "ok":
        raise RefusedError(f"{plain} refuses: {said.message}; it needs our scrapy.cfg and the same sources")
    return said
