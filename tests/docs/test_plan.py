"""The plan on paper says what its arithmetic gives."""

from dataclasses import replace
from pathlib import Path

from benchmarks.plan import Assumed, Costs, page, table

SCALE = Path(__file__).parents[2] / "docs/scale.md"


def test_the_table_of_the_page_is_the_computed_one() -> None:
    assert page(Costs(), Assumed()) in SCALE.read_text("utf-8"), "run `python -m benchmarks.plan`"


def test_twice_the_pages_cost_twice_as_much() -> None:
    one, two = (table(Costs(), replace(Assumed(), pages=n)) for n in (10**9, 2 * 10**9))
    hours = [float(lines[6].split("|")[4].replace(",", "").rstrip(" h")) for lines in (one, two)]
    assert abs(hours[1] / hours[0] - 2) < 0.001
