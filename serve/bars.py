"""A time line as bars: by month where it is short, by year where it is long."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from serve.language import N_
from serve.spoken import day

MOST_MONTHS = 48  # more of them are shown as years
LEAST_MONTHS = 12  # a single month would fill the picture
TALL = 100  # units of the picture
PITCH, WIDTH = 10, 8  # of a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year."""

    when: str  # "2018" or "2018-03"
    words: str  # "März 2018"
    value: int
    said: str
    left: int
    height: int
    address: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first to the last month with something to show."""

    bars: tuple[Bar, ...]
    unit: str  # Monat or Jahr
    width: int
    most: str
    first: str
    last: str
    undated: int


def chart(
    months: Mapping[str, int], said: Callable[[int], str], address: Callable[[str, str], str]
) -> Chart | None:
    """The time line of values by month; None where there is none.

    `said` puts a value into words, `address` says where a span of days leads.
    """
    dated = {month: value for month, value in months.items() if month}
    if not dated:
        return None
    first, last = min(dated), max(dated)
    by_month = _number(last) - _number(first) < MOST_MONTHS
    values: Counter[str] = Counter()
    for month, value in dated.items():
        values[month if by_month else month[:4]] += value
    since = min(first, _month(_number(last) - LEAST_MONTHS + 1))
    spans = _months(since, last) if by_month else [str(y) for y in range(int(first[:4]), int(last[:4]) + 1)]
    most = max(values.values())
    bars = tuple(
        Bar(
            *(when, day(when) if by_month else when, values[when], said(values[when]), at * PITCH),
            -(-TALL * values[when] // most) if values[when] > 0 else 0,
            address(*_days(when)),
        )
        for at, when in enumerate(spans)
    )
    ends = bars[0].words, bars[-1].words
    return Chart(
        bars, N_("Monat") if by_month else N_("Jahr"), len(bars) * PITCH, said(most), *ends, months.get("", 0)
    )


def _number(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7]) - 1


def _months(first: str, last: str) -> list[str]:
    """
    >>> _months("2018-12", "2019-01")
    ['2018-12', '2019-01']
    """
    return [_month(n) for n in range(_number(first), _number(last) + 1)]


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _days(when: str) -> tuple[str, str]:
    """First and last of a month or year, as a search takes them."""
    return when, when
