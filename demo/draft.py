"""One release while it is being written: fills slots and keeps note of what it put in."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from demo import money
from demo.days import names_a_day, spelled
from demo.dice import Dice
from demo.people import Minister, Person, invent
from demo.places import District, Municipality, joined, listed
from demo.release import DemoAmount, DemoDate
from demo.skeleton import Skeleton

CHOICE = re.compile(r"\{([^{}]*)\}")
SLOT = re.compile(r"<([^<>]+)>")
NUMERALS = (
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
)


class Draft:
    """Everything drawn for one release stays the same wherever the text comes back to it."""

    def __init__(
        self,
        skeleton: Skeleton,
        row: dict[str, str],
        day: date,
        places: tuple[District, ...],
        minister: Minister | None,
        dice: Dice,
    ) -> None:
        self._row, self._day, self._dice, self._minister = row, day, dice, minister
        self._district, self._place = _settle(skeleton, row, places, dice)
        self._others = [d for d in dice.shuffled(places) if d != self._district]
        self._amounts = _draw_amounts(skeleton, dice)
        self._written: dict[str, DemoAmount] = {}
        self._days = {name: _workday(day, span, dice) for name, span in skeleton.days.items()}
        self._numbers = {name: dice.between(*span) for name, span in skeleton.numbers.items()}
        self._people = {name: invent(dice, sex) for name, sex in skeleton.people.items()}
        self.amounts: dict[str, DemoAmount] = {}
        self.dates: dict[str, DemoDate] = {}
        self.districts: dict[str, None] = {}
        self.municipalities: dict[str, None] = {}
        self.ministers: dict[str, None] = {}

    def expand(self, text: str) -> str:
        """Make the choices, then fill the slots, until none is left."""
        while CHOICE.search(text) or SLOT.search(text):
            text = CHOICE.sub(lambda found: self._dice.pick(found[1].split("|")), text)
            if not CHOICE.search(text):
                text = SLOT.sub(lambda found: self._fill(found[1]), text)
        return _tidy(text)

    def forget(self) -> None:
        """Drop the notes so far: what a title names is not what the text names."""
        for notes in (self.amounts, self.dates, self.districts, self.municipalities, self.ministers):
            notes.clear()

    def _fill(self, slot: str) -> str:
        if slot in self._row:
            return self._row[slot]
        name, _, form = re.sub(r"[.:]", "\0", slot, count=1).partition("\0")
        fill = self._plain().get(name)
        if fill is not None:
            return fill(form)
        if name.startswith("€"):
            return self._amount(name[1:])
        if name[0] in "dnw" and name[1:] in {**self._days, **self._numbers}:
            return self._day_written(name[1:], form) if name[0] == "d" else self._number(name)
        return _of_person(self._people[name], form)

    def _plain(self) -> dict[str, Callable[[str], str]]:
        return {
            "ort": self._place_written,
            "orte": lambda _: self._neighbours(),
            "kreis": lambda form: self._district_written(self._district, form),
            "nachbar": lambda form: self._district_written(self._others[0], form),
            "kreise": lambda _: self._several(),
            "jahr": lambda _: str(self._day.year),
            "jahr+1": lambda _: str(self._day.year + 1),
            "jahr-1": lambda _: str(self._day.year - 1),
            "jahr+2": lambda _: str(self._day.year + 2),
            "M": lambda _: self._minister_written(),
        }

    def _amount(self, name: str) -> str:
        key = name.rstrip("~!")
        value = self._amounts[key]
        if name.endswith("~"):
            amount = money.short(value)
        elif name.endswith("!"):
            amount = money.exact(value)
        else:
            amount = self._written.setdefault(key, money.written(value, self._dice))
        self.amounts[amount.surface] = amount
        return amount.surface

    def _day_written(self, name: str, form: str) -> str:
        surface = spelled(self._days[name], form)
        if names_a_day(form):
            self.dates[surface] = DemoDate(surface, self._days[name])
        return surface

    def _number(self, name: str) -> str:
        value = self._numbers[name[1:]]
        return NUMERALS[value] if name[0] == "w" and value < len(NUMERALS) else money.grouped(value)

    def _place_written(self, form: str) -> str:
        if form == "kind":
            return self._place.kind
        if form == "full":
            if not self._district.city:
                self._note(self._district)
            self.municipalities[self._place.ags] = None
            return self._district.around(self._place)
        self.municipalities[self._place.ags] = None
        return self._place.name

    def _neighbours(self) -> str:
        others = [m for m in self._district.municipalities if m != self._place]
        self.municipalities.update(dict.fromkeys(m.ags for m in others))
        return joined([m.name for m in others])

    def _district_written(self, district: District, form: str) -> str:
        self._note(district)
        return district.phrase(form or "name")

    def _several(self) -> str:
        chosen = [self._district, *self._others[1:4]]
        for district in chosen:
            self._note(district)
        return listed(chosen)

    def _note(self, district: District) -> None:
        self.districts[district.ags] = None

    def _minister_written(self) -> str:
        if self._minister is None:
            raise LookupError("no minister is known for this field and day")
        self.ministers[self._minister.name] = None
        return f"{self._minister.title} {self._minister.name}"


def _settle(
    skeleton: Skeleton, row: dict[str, str], places: tuple[District, ...], dice: Dice
) -> tuple[District, Municipality]:
    """The place that the row asks for, where the portal knows it, or any."""
    wanted = row.get("@ort", "").split("|")
    for district in places:
        for place in district.municipalities:
            if place.name in wanted:
                return district, place
    district = dice.pick([d for d in places if not (skeleton.rural and d.city)])
    return district, district.municipalities[0] if skeleton.seat else dice.pick(district.municipalities)


def _draw_amounts(skeleton: Skeleton, dice: Dice) -> dict[str, int]:
    """Ranges give odd or round sums, or the digits they ask for; "A*0.8" is a share of an earlier one."""
    drawn: dict[str, int] = {}
    for name, rule in skeleton.amounts.items():
        if isinstance(rule, str):
            other, factor = rule.split("*")
            drawn[name] = max(1000, round(drawn[other] * float(factor) / 1000) * 1000)
            continue
        digits = rule[2] if len(rule) == 3 else dice.pick((1, 2, 2, 3, 5))
        drawn[name] = money.rounded(dice.between(*rule[:2]), digits)
    return drawn


def _workday(day: date, span: list[int], dice: Dice) -> date:
    """A day within the span that is no Sunday, or the weekday that the span waits for."""
    moved = day + timedelta(days=dice.between(*span[:2]))
    if len(span) == 3:
        return moved + timedelta(days=(span[2] - moved.weekday()) % 7)
    return moved + timedelta(days=1) if moved.weekday() == 6 else moved


def _tidy(text: str) -> str:
    """Close the gaps that empty choices leave, and begin with a capital letter."""
    text = re.sub(r" +([.,;:])", r"\1", re.sub(r" {2,}", " ", text)).strip()
    return text[:1].upper() + text[1:]


def _of_person(person: Person, form: str) -> str:
    """The name, the surname ("last"), or one of two words by sex ("Leiterin/Leiter")."""
    if not form:
        return person.name
    if form == "last":
        return person.last
    return form.split("/")[0 if person.woman else 1]
