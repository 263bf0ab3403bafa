"""Everything one text names: people first, because a town may bear the name of a minister."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from pipeline.extract import amounts, dates, persons, places
from pipeline.extract.amounts import invisible
from pipeline.extract.mentions import Context, Mention, Rejection

RULES_VERSION = "4"  # raised when a change of rules changes what is found; a build then extracts anew


def extract(
    text: str,
    context: Context,
    rejected: list[Rejection] | None = None,
    *,
    calendar_only: bool | None = None,
) -> list[Mention]:
    """The mentions of a text in the order in which they stand.

    `context` is the day of publication and the publisher's jurisdiction, where known. Spans that looked like
    a mention and were refused are appended to `rejected`, where a list is given.

    `calendar_only` keeps dates that have a place in the calendar, as one wants them of a release; otherwise
    all that TIMEX3 annotates is found, durations, sets and "derzeit" included. None decides by the context:
    a text whose publisher is known is a release.
    """
    visible = _visible(text)
    refused: list[Rejection] | None = None if rejected is None else []
    (found,) = _steps([(visible.text, context)], refused, calendar_only)
    if rejected is not None:
        rejected.extend(_as_given(refused or [], text, visible))
    return _as_given(found, text, visible)


def extract_all(
    texts: Sequence[tuple[str, Context]], *, calendar_only: bool | None = None
) -> list[list[Mention]]:
    """The mentions of each of some texts.

    One step over all texts before the next: its tables and code stay in the processor's caches, and a few
    dozen texts together take a fifth less time than each by itself.
    """
    visible = [_visible(text) for text, _ in texts]
    cleared = [(one.text, context) for one, (_, context) in zip(visible, texts, strict=True)]
    found = _steps(cleared, None, calendar_only)
    return [_as_given(*one) for one in zip(found, (text for text, _ in texts), visible, strict=True)]


class _Visible(NamedTuple):
    """A text without soft hyphens and words broken at a line's end; where its characters stood, if any."""

    text: str
    places: list[int] | None


def _visible(text: str) -> _Visible:
    return _Visible(*invisible.removed(text)) if invisible.occurs_in(text) else _Visible(text, None)


M = TypeVar("M", Mention, Rejection)


def _as_given(found: list[M], text: str, visible: _Visible) -> list[M]:
    """Mentions or rejections with the offsets that they have in the text as given."""
    places = visible.places
    if places is None:
        return found
    moved = []
    for one in found:
        start, end = places[one.start], places[one.end - 1] + 1
        moved.append(one._replace(start=start, end=end, surface=text[start:end]))
    return moved


def _steps(
    texts: Sequence[tuple[str, Context]], rejected: list[Rejection] | None, calendar_only: bool | None
) -> list[list[Mention]]:
    people = [persons.find(text, context, rejected) for text, context in texts]
    where = [
        places.find(text, context, masks, rejected)
        for (text, context), (_, masks) in zip(texts, people, strict=True)
    ]
    sums = [amounts.find(text, context, rejected) for text, context in texts]
    days = [
        dates.find(text, context, rejected, calendar_only=_only_calendar(context, calendar_only))
        for text, context in texts
    ]
    found = zip((who for who, _ in people), where, sums, days, strict=True)
    return [sorted(chain(*kinds), key=_POSITION) for kinds in found]


_POSITION = attrgetter("start", "end")


def _only_calendar(context: Context, wanted: bool | None) -> bool:
    return context.jurisdiction is not None if wanted is None else wanted
