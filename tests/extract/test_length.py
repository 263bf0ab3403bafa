"""Extraction takes time in proportion to the length of a text, whatever the text repeats."""

import time
from datetime import date

import pytest

from pipeline.extract import grants
from pipeline.extract.mentions import Context
from pipeline.extract.release import extract

CONTEXT = Context(date(2021, 5, 4), "DE-NW")
SHORT, TIMES = 12_500, 8


def seconds(text: str) -> float:
    """CPU time of everything, the better of two runs."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        grants.find(text, extract(text, CONTEXT))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "unit",
    [
        "Laumann sagte. Minister Laumann kam. Karl-Josef Laumann ging. ",
        "Amtskollege Laumann, Karl-Josef Laumann und die Ministerin Laumann. ",
        "Karl-Josef Laumann und Herbert Reul, Laumann, Reul, Minister Reul ",
        "Bürgermeister Xaver Quastel und Quastel, Quastel ",
        "Gotha, Erfurt, Weimar, Neustadt, ",
        "Landkreise Gotha, Hof und Coburg, ",
        "Gotha, 5000 Euro, 1. Mai 2020, Minister Laumann ",
        "übergab 5000 Euro an Gotha ",
        "10 und 20. 1. bis ",
    ],
)
def test_a_text_eight_times_as_long_takes_about_eight_times_as_long(unit: str) -> None:
    text = unit * (SHORT * TIMES // len(unit))
    seconds(text[:1000])  # the tables are loaded
    assert seconds(text) < 3 * TIMES * max(seconds(text[:SHORT]), 0.005)
