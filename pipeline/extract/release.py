"""Everything one text names: people first, because a town may bear the name of a minister."""

from collections.abc import Sequence
from operator import attrgetter

from pipeline.extract import amounts, dates, persons, places
from pipeline.extract.mentions import Context, Mention, Rejection

RULES_VERSION = "1"  # raised when a change of rules changes what is found; a build then extracts anew


def extract(text: str, context: Context, rejected: list[Rejection] | None = None) -> list[Mention]:
    """The mentions of a text in the order in which they stand.

    `context` is the day of publication and the publisher's jurisdiction, where known. Spans that looked like
    a mention and were refused are appended to `rejected`, where a list is given.

    Of a release whose publisher is known, the dates are those that have a place in the calendar; of any other
    text they are all that TIMEX3 annotates, durations, sets and "derzeit" included.
    """
    people, masks = persons.find(text, context, rejected)
    found: Sequence[Mention] = [
        *people,
        *places.find(text, context, masks, rejected),
        *amounts.find(text, context, rejected),
        *dates.find(text, context, rejected, calendar_only=context.jurisdiction is not None),
    ]
    return sorted(found, key=attrgetter("start", "end"))
