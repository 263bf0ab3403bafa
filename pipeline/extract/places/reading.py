"""The state of one reading: the text, what is known of it, and what has been found so far."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from operator import attrgetter

from pipeline.extract.mentions import Context, District, Mention, Rejection, Span, as_mention
from pipeline.extract.places.names import Entry, Gazetteer
from pipeline.extract.places.words import AROUND

SPACE = re.compile(r"[\s\u00a0]+")


@dataclass(slots=True)
class Hit:
    """A town's name in the text, before it is decided whether it counts and what it means."""

    start: int
    end: int
    surface: str  # up to `end`, or only the town in "Bad Schandau-Schmilka"
    form: str  # the name without tail: "Rotenburg"
    entries: list[Entry]
    cue: int  # CUE_AGAINST to CUE_PROOF
    how: str  # name, genitive, adjective, parenthesis
    districts: frozenset[str] = frozenset()  # keys that the text names for it: "X (Landkreis Y)"
    accepted: bool = False
    carried: int = 1  # the cue of the list's first member, CUE_NONE for none
    follows: bool = False  # only a conjunction stands between it and the hit before
    announced: bool = False  # "Gemeinden …, nämlich" stands before it
    _rated: list[Entry] | None = None  # the entries of which `common` was asked last
    _common: int = 0

    @property
    def common(self) -> int:
        entries = self.entries
        if entries is not self._rated:
            self._rated, self._common = entries, max(map(COMMON, entries))
        return self._common

    def population(self, state: str | None = None) -> int:
        """Of the largest namesake, or of the largest one in a Land; 0 if there is none."""
        if state is None and len(self.entries) == 1:
            return self.entries[0].population
        inside = [entry.population for entry in self.entries if state is None or entry.state == state]
        return max(inside, default=0)

    def lies_in(self, states: frozenset[str]) -> bool:
        return not states.isdisjoint(map(STATE, self.entries))


COMMON: Callable[[Entry], int] = attrgetter("common")
STATE: Callable[[Entry], str] = attrgetter("state")

NOWHERE: frozenset[str] = frozenset()
HOMES = {state: frozenset((state, *around)) for state, around in AROUND.items()}

# What stands before a name: an article, which speaks against a place if the name is a word as well; nothing
# that says; a preposition; "in"; or what proves it, "Stadt", a postal code, its district in brackets.
CUE_AGAINST, CUE_NONE, CUE_PREPOSITION, CUE_IN, CUE_PROOF = range(5)


class Reading:
    """What stays the same while a text is read, and the lists that grow."""

    __slots__ = (
        *("text", "day", "state", "home", "names", "rejected", "found", "hits", "people", "consumed"),
        *("undecided", "_mask_starts", "_mask_ends"),
    )

    def __init__(
        self,
        text: str,
        context: Context,
        names: Gazetteer,
        masks: Sequence[Span],
        rejected: list[Rejection] | None,
    ) -> None:
        jurisdiction = context.jurisdiction
        self.text = text
        self.day = context.published.isoformat() if context.published else None
        # Two letters of the publisher's Land; None for the federal government or where unknown.
        self.state = jurisdiction[3:] if jurisdiction and len(jurisdiction) == 5 else None
        # The Länder whose small places it names without saying where they lie.
        self.home = HOMES.get(self.state) or frozenset((self.state,)) if self.state else NOWHERE
        self.names = names
        self.rejected = rejected
        self.found: list[Mention] = []
        self.hits: list[Hit] = []
        self.people: set[str] = set()
        self.undecided = False  # whether a district was found of which the Land alone does not say which
        self.consumed = 0  # nothing is looked for before this offset
        self._mask_starts = [start for start, _ in masks]
        self._mask_ends = list(accumulate((end for _, end in masks), max))

    def masked(self, start: int, end: int) -> bool:
        """Whether the span touches a mask. Masks begin in order; looked up, not gone through."""
        before = bisect_left(self._mask_starts, end)
        return before > 0 and self._mask_ends[before - 1] > start

    def refuse(self, kind: str, start: int, end: int, reason: str) -> None:
        if self.rejected is not None:
            self.rejected.append(Rejection(kind, start, end, self.text[start:end], reason))

    def add_district(
        self, span: Span, entries: list[Entry], form: str, confidence: float = 0.95, *, nearly: bool = False
    ) -> bool:
        """Notes a district; False if none of the entries was in force on the day, or `nearly` on it."""
        start, end = span
        choice = self.choose(entries)
        if not choice and nearly and (choice := self.nearest_in_time(entries)):
            form = "former" if choice[0].valid_to and choice[0].valid_to < (self.day or "") else "future"
            confidence = 0.7
        if not choice:
            self.refuse("district", start, end, "no district of this name on the day of publication")
            return False
        if len(choice) == 1:
            value = District(choice[0].ags, choice[0].name, form)
        else:
            confidence, self.undecided = 0.4, True
            value = District(None, self.text[start:end], form, tuple(sorted(entry.ags for entry in choice)))
        rule = f"district/{form}"
        self.found.append(as_mention(("district", start, end, self.text[start:end], confidence, rule, value)))
        return True

    def choose(self, entries: list[Entry]) -> list[Entry]:
        """Districts in force on the day; those of the publisher's Land, if there are any."""
        if len(entries) == 1:
            return entries if entries[0].in_force(self.day) else []
        valid = list({entry.ags: entry for entry in entries if entry.in_force(self.day)}.values())
        at_home = [entry for entry in valid if entry.state == self.state]
        return at_home or valid

    def nearest_in_time(self, entries: list[Entry]) -> list[Entry]:
        """Of a name that no district bears on the day, the one that ended or will begin about then."""
        if self.day is None:
            return []
        day = date.fromisoformat(self.day)
        distances = [
            (days_between(day, entry), entry) for entry in entries if self.state in (entry.state, None)
        ]
        near = [pair for pair in distances if pair[0] <= REFORM]
        return [min(near)[1]] if near else []


REFORM = 730  # so many days before and after, a reform is spoken of


def days_between(day: date, entry: Entry) -> int:
    """From a day on which a district is not in force to the nearest one on which it is."""
    if entry.valid_to and entry.valid_to < day.isoformat():
        return (day - date.fromisoformat(entry.valid_to)).days
    return (date.fromisoformat(entry.valid_from) - day).days


def previous_word(text: str, start: int) -> str:
    """The word that ends right before `start` with one blank between them; "" at the start of a line."""
    if start < 2 or text[start - 1] not in " \u00a0":
        return ""
    word = text[start - 42 if start > 42 else 0 : start - 1].rpartition(" ")[2]
    if "\n" in word or "\u00a0" in word:
        word = word[max(word.rfind("\n"), word.rfind("\u00a0")) + 1 :]
    return word.lstrip("„“\"‚'»(")


def next_word(text: str, end: int) -> str:
    """The word after one blank; "" if something else follows."""
    found = NEXT.match(text, end)
    return found[1] if found else ""


NEXT = re.compile(r"[ \u00a0]([A-Za-zÄÖÜäöüß][\w-]*)")
