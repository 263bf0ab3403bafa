"""One step through a list: what is asked for, and where the next step leads when only a number tells it."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.records import Role
from archive.source import Count, Seed
from archive.urls import canonical


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a list. `number` counts pages from 1, `overlap` those in a row with nothing new."""

    seed: Seed
    role: Role
    url: str
    body: str | None = None  # sent by POST
    number: int = 1
    overlap: int = 0
    month: date | None = None  # its first day, where a list is asked month by month

    @property
    def asked(self) -> str:
        """The address by which the answer is known; what was sent is part of it, as pywb writes it.

        >>> Step(Seed(url="https://example.org/a"), "listing", "https://example.org/a", "page=1").asked
        'https://example.org/a?__wb_method=POST&__wb_post_data=page%3D1'
        """
        if self.body is None:
            return canonical(self.url)
        sent = urlencode({"__wb_method": "POST", "__wb_post_data": self.body})
        return canonical(f"{self.url}{'&' if '?' in self.url else '?'}{sent}")

    @property
    def headers(self) -> dict[str, str]:
        """What a server must know of the body."""
        kind = "application/json" if self._is_json else "application/x-www-form-urlencoded"
        return {"Content-Type": kind, "X-Requested-With": "XMLHttpRequest"}

    @property
    def _is_json(self) -> bool:
        return self.body is not None and self.body.lstrip().startswith("{")

    def to(self, url: str, overlap: int) -> Self:
        """On to an address that the page names."""
        return replace(self, url=url, body=None, number=self.number + 1, overlap=overlap)

    def earlier(self, overlap: int) -> Self | None:
        """On to the month before; None where the list begins with this one."""
        assert self.month is not None
        assert self.seed.months_since is not None
        month = (self.month - timedelta(days=1)).replace(day=1)
        if month < self.seed.months_since.replace(day=1):
            return None
        url = _of_month(self.seed.url, month)
        return replace(self, url=url, number=self.number + 1, overlap=overlap, month=month)

    def counted(self, count: Count, overlap: int) -> Self:
        """On by the number that the list counts in its address or in what is sent."""
        step = replace(self, number=self.number + 1, overlap=overlap)
        if self.body is None:
            parts = urlsplit(self.url)
            return replace(step, url=urlunsplit(parts._replace(query=_raised(parts.query, count))))
        if self._is_json:
            tree = json.loads(self.body)
            _raise_in(tree, count.name.split("."), count.step)
            return replace(step, body=json.dumps(tree))
        return replace(step, body=_raised(self.body, count))


def first_step(seed: Seed, role: Role, today: date) -> Step:
    """Where a list begins; one by months with the present one."""
    if seed.months_since is None:
        return Step(seed, role, seed.url, seed.body)
    month = today.replace(day=1)
    return Step(seed, role, _of_month(seed.url, month), month=month)


def _of_month(url: str, month: date) -> str:
    """
    >>> _of_month("https://example.org/?year={year}&month={month}", date(2024, 3, 1))
    'https://example.org/?year=2024&month=3'
    """
    return url.replace("{year}", str(month.year)).replace("{month}", str(month.month))


def _raised(query: str, count: Count) -> str:
    """
    >>> _raised("a=&page=1", Count(name="page")), _raised("o=0", Count(name="o", step=10))
    ('a=&page=2', 'o=10')
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(k, str(int(v) + count.step) if k == count.name else v) for k, v in pairs])


def _raise_in(tree: dict[str, object], path: list[str], step: int) -> None:
    inner = tree[path[0]]
    if isinstance(inner, dict):
        _raise_in(inner, path[1:], step)
    elif isinstance(inner, int):
        tree[path[0]] = inner + step
