"""Everything one text names: people first, because a town may bear the name of a minister."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from pipeline.extract import amounts, dates, persons, places
from pipeline.extract.mentions import Context, Mention, Rejection

RULES_VERSION = "1"  # raised when a change of rules changes what is found; a build then extracts anew


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
    return extract_all([(text, context)], rejected, calendar_only=calendar_only)[0]


def extract_all(
    texts: Sequence[tuple[str, Context]],
    rejected: list[Rejection] | None = None,
    *,
    calendar_only: bool | None = None,
) -> list[list[Mention]]:
    """The mentions of each of some texts.

    One step over all texts before the next: its tables and code stay in the processor's caches, and a few
    dozen texts together take a seventh less time than each by itself.
    """
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
    return [sorted(chain(*kinds), key=POSITION) for kinds in found]


POSITION = attrgetter("start", "end")


def _only_calendar(context: Context, wanted: bool | None) -> bool:
    return context.jurisdiction is not None if wanted is None else wanted
