"""The state of one pass over a text: what was read so far, and what later expressions refer back to."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter

from pipeline.extract.dates import tense
from pipeline.extract.dates.calendar import Span, span
from pipeline.extract.dates.verbs import FUTURE, OPEN, PAST
from pipeline.extract.mentions import Date, Mention, Rejection, as_mention

# How far back "am Abend" or "am nächsten Tag" looks for the day it belongs to.
MEMORY = 400

_LONGEST_WORD = 40
_SENTENCE = 60
_LIST = 90
_STORY = 200
_STOPS = re.compile(r"[.!?:;]\s|\n")
_ONLY_YEAR = re.compile(r"\d{4}")
_SAME_SENTENCE = re.compile(r"(?:,\s[^.!?;,\n]*,)?\s[^.!?;,\n]*")
_GOES_ON = re.compile(
    r",\s(?:als|da|wo|nachdem|in\sdem)\s[^.!?;\n]*"
    r"|\s?[,(–-]\s?(?:genauer|genau|konkret|nämlich|[„\"»]?und\szwar)(?:\sgesagt)?[:,]?(?:\smit\s(?:\w+\s)?[\w-]+)?\s(?:ab|am|zum|vom|bis\szum)\s"
)
_APPOSED = re.compile(r",\s(?:ab|am|zum|bis\szum|vom|voraussichtlich\sam)\s(?:dem\s)?")
_THEN = re.compile(r"\bdamals\s[^.!?\n]*\Z")
_CLAUSE_BEGINS = re.compile(r"[,;–(]\s?\Z|\bund\s\Z")
_YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PLACED = ("DATE", "TIME")  # types of values that have a place in the calendar
SURE, LIKELY, GUESSED = 0.98, 0.92, 0.8


_as_date: Callable[[tuple[str, str, str | None, str | None]], Date] = partial(tuple.__new__, Date)


class Reading:
    """One text while it is read from left to right."""

    __slots__ = (
        "_asked",
        "_direction",
        "_news",
        "_word",
        "_word_end",
        "beside",
        "calendar_only",
        "day",
        "day_at",
        "done",
        "item",
        "low",
        "mentions",
        "months",
        "numbered",
        "published",
        "rejected",
        "section",
        "story",
        "text",
        "told_year",
    )  # fmt: skip

    def __init__(
        self, text: str, published: date | None, calendar_only: bool, rejected: list[Rejection] | None
    ) -> None:
        self.text = text
        self.low = lowered(text)
        self.published = published
        self.calendar_only = calendar_only
        self.rejected = rejected
        self.mentions: list[Mention] = []
        self.beside: list[Mention] = []  # found out of turn, by what stands elsewhere in the sentence
        self.done = 0  # where the last expression ended
        self.numbered = -99  # where the last number of a document or section ended
        self.day: date | None = None  # the day spoken of last, and where
        self.day_at = 0
        self.story: tuple[int, int] | None = None  # a year long past that the text tells of, and where
        self.item: tuple[date, int] | None = None  # the day of a list's last item, and where
        self.section: tuple[int, int] | None = None  # the year that lines under months are of, and where
        self._news: bool | None = None
        self._word: tuple[str, int] = ("", 0)  # what `before` found last; readers ask for one place in a row
        self._word_end = -1
        self._asked = (-1, -1)  # for which words `direction` was asked last; rules ask again and again
        self._direction = OPEN
        self.told_year: int | None = None  # the year of the last date
        self.months: dict[int, tuple[int, int]] = {}  # month -> the year the text last gave it, and where

    def add(
        self, start: int, end: int, timex: str, timex_type: str, rule: str, confidence: float = SURE,
        days: Span | None = None,
    ) -> None:  # fmt: skip
        """Records a mention. Where only days of the calendar are wanted, anything else is turned down."""
        first, last = span(timex) if days is None else days
        self.done = end
        if self.calendar_only and (
            timex_type not in _PLACED
            or (first is None and (self.published is not None or not timex.startswith("XXXX")))
        ):
            self.reject(start, end, f"{timex_type.lower()} {timex}: no day of the calendar")
            return
        if timex_type == "DATE" and timex[:4].isdigit():
            self.told_year = int(timex[:4])
        value = _as_date((timex, timex_type, first, last))
        self.mentions.append(as_mention(("date", start, end, self.text[start:end], confidence, rule, value)))

    def add_beside(self, start: int, end: int, timex: str, rule: str) -> None:
        """Records a mention away from where the text is read; it does not become what is told of."""
        value = Date(timex, "DATE", *span(timex))
        if any(one.start == start for one in self.beside):
            return
        self.beside.append(Mention("date", start, end, self.text[start:end], GUESSED, rule, value))

    def all_mentions(self) -> list[Mention]:
        """What was found, in order."""
        if not self.beside:
            return self.mentions
        free = [
            one
            for one in self.beside
            if not any(one.start < m.end and m.start < one.end for m in self.mentions)
        ]
        return sorted(self.mentions + free, key=attrgetter("start"))

    def reject(self, start: int, end: int, reason: str) -> None:
        if self.rejected is not None:
            self.rejected.append(Rejection("date", start, end, self.text[start:end], reason))

    def is_news(self) -> bool:
        """Whether the text tells what happens from day to day, so that "heute" is a day even beside "ist"."""
        if self._news is None:
            self._news = "gestern" in self.low or " uhr" in self.low
        return self._news

    def remember(self, day: date, where: int) -> None:
        self.day, self.day_at = day, where

    def recent_day(self, start: int, memory: int = MEMORY) -> date | None:
        """The day the text is speaking of at that point."""
        return self.day if self.day and start - self.day_at < memory else self.published

    def told_month(self, start: int, memory: int = _SENTENCE) -> tuple[int, int] | None:
        """Year and month of the mention just before, if it is a month or a day."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or start - last.end > memory or not isinstance(last.value, Date):
            return None
        shape = _YEAR_AND_MONTH.match(last.value.timex)
        return (int(shape[1]), int(shape[2])) if shape else None

    def told_quarter(self, start: int) -> date | None:
        """The first day of the quarter told of just before."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or start - last.end > MEMORY or not isinstance(last.value, Date):
            return None
        named = "-Q" in last.value.timex and last.value.first_on
        return date.fromisoformat(last.value.first_on) if named and last.value.first_on else None

    def told_direction(self, start: int) -> int:
        """Whether the sentence has told of a day ahead of publication or behind it."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or self.published is None or self.day is None or self.day_at != last.start:
            return OPEN
        if start - last.end > _SENTENCE or _STOPS.search(self.low, last.end, start):
            return OPEN
        return (self.day > self.published) - (self.day < self.published)

    def told_side(self, start: int) -> int:
        """Like `told_direction`, of a month too: "im Februar, die zweite Rate im September"."""
        told = self.told_month(start)
        last = self.mentions[-1] if told else None
        if told is None or last is None or self.published is None or _STOPS.search(self.low, last.end, start):
            return OPEN
        here = (self.published.year, self.published.month)
        return (told > here) - (told < here)

    def year_ahead(self, month: int, start: int) -> int | None:
        """The year to come with which a sentence goes on: "am 20. April 2030, zuletzt am 8. Oktober"."""
        told = self.told_month(start)
        if told is None or self.published is None or told[0] <= self.published.year:
            return None
        last = self.mentions[-1]
        if self.word_before(last.start) == "bis" or self.low.endswith("bis zum ", 0, last.start):
            return None  # "läuft bis zum 31. Oktober 2016, eine zweite schließt am 6. September"
        if last.rule not in ("day", "month") or _STOPS.search(self.low, last.end, start):
            return None
        return told[0] + (month < told[1])

    def year_to_go_on(self, start: int, end: int) -> tuple[int, int] | None:
        """Year and first month of the past with which a sentence goes on: "im Mai 2017, im Herbst"."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or self.published is None or last.rule not in ("month", "season", "part of year"):
            return None
        value = last.value
        if start - last.end > _LIST or not isinstance(value, Date) or value.first_on is None:
            return None
        year = int(value.first_on[:4])
        if year >= self.published.year or _STOPS.search(self.low, last.end, start):
            return None
        if self.word_before(last.start) == "seit" != self.word_before(start):
            return None  # "seit April 2014 kamen 183.000, im Juni allein 21.000"
        return None if self.direction(start, end) == FUTURE else (year, int(value.first_on[5:7]))

    def year_of_story(self, start: int, end: int) -> int | None:
        """The year long past of which a paragraph goes on telling: "Heute vor 25 Jahren gingen …"."""
        if self.story is None:
            return None
        year, where = self.story
        if start - where > _STORY or "\n" in self.low[where:start]:
            return None
        if self.word_before(start) in ("dem", "seit") or self.direction(start, end) != PAST:
            return None
        self.story = year, end
        return year

    def year_of_then(self, start: int) -> int | None:
        """The year told of, where a sentence says "damals"."""
        then = (
            self.told_year is not None and self.published is not None and self.told_year < self.published.year
        )
        return self.told_year if then and _THEN.search(self.low, max(0, start - _SENTENCE), start) else None

    def year_of_sentence(self, start: int) -> int | None:
        """The year that heads the sentence: "Im nächsten Jahr wird am 4. März gewählt"."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or not isinstance(last.value, Date) or not _ONLY_YEAR.fullmatch(last.value.timex):
            return None
        if start - last.end > _LIST or not _SAME_SENTENCE.fullmatch(self.low, last.end, start):
            return None
        heads = (
            self.text[max(0, last.start - 2) : last.start] in ("", ". ", "\n\n")
            or self.text[last.start - 1] == "\n"
        )
        heads = heads or (last.rule != "year told of" and self._heads_clause(last.start))
        named = "jahr" in self.low[last.start : last.end] and last.rule != "year told of"
        return int(last.value.timex) if heads or (named and self._heads(last.start)) else None

    def year_of_clause(self, start: int) -> int | None:
        """The year that a clause goes on telling of: "seit 1962, als am 17. Februar die Deiche brachen"."""
        last = self.mentions[-1] if self.mentions else None
        if last is None or not isinstance(last.value, Date) or not _ONLY_YEAR.fullmatch(last.value.timex):
            return None
        year = int(last.value.timex)
        same = start - last.end <= _SENTENCE and _GOES_ON.fullmatch(self.low, last.end, start)
        if same:
            return year
        ahead = self.published is not None and (year > self.published.year or self.low[last.start] in "aem")
        return year if ahead and _APPOSED.fullmatch(self.low, last.end, start) else None

    def _heads_clause(self, start: int) -> bool:
        """Whether a clause begins with the year: "im Vorjahr war es der 25. April, 2014 sogar der 11."."""
        word, begin = self.before(start)
        return (
            _CLAUSE_BEGINS.search(self.low, max(0, begin - 4), begin if word in ("im", "in") else start)
            is not None
        )

    def _heads(self, start: int) -> bool:
        """Whether only a preposition stands between the start of a sentence and an offset."""
        word, begin = self.before(start)
        return self.text[begin : begin + 1].isupper() and word in ("im", "in", "bereits", "schon")

    def direction(self, start: int, end: int) -> int:
        if self._asked != (start, end):
            self._asked = start, end
            self._direction = tense.direction(self.text, self.low, start, end)
        return self._direction

    def word_before(self, start: int) -> str:
        """The word in front of an offset, in lower case; empty at the start of a line."""
        return self.before(start)[0]

    def before(self, start: int) -> tuple[str, int]:
        """The word in front of an offset, and where it begins."""
        if start == self._word_end:
            return self._word
        low, end = self.low, start
        # Not by max(): this runs for every trigger, and max() takes ten times as long as a comparison.
        least = start - _LONGEST_WORD if start > _LONGEST_WORD else 0
        while end > least and low[end - 1] in " \u00a0":
            end -= 1
        begin = low.rfind(" ", least, end) + 1 or least
        begin = low.rfind("\n", begin, end) + 1 or begin
        begin = low.rfind("\u00a0", begin, end) + 1 or begin
        while begin < end and low[begin] in "(„“\"»«'":
            begin += 1
        self._word, self._word_end = (low[begin:end], begin), start
        return self._word


def lowered(text: str) -> str:
    """The text in lower case, character by character, so that offsets stay."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
