"""Extraction of everything, against dateparser's search_dates alone."""

import warnings
from datetime import timedelta

from benchmarks.site import releases, text_of
from benchmarks.timing import pair
from pipeline.extract.mentions import Context
from pipeline.extract.release import extract

PEER_TEXTS = 6  # dateparser needs a tenth of a second and more for each


def run(texts: int = 120) -> dict[str, float]:
    """Microseconds per text and per 2,500 characters, and times faster than search_dates."""
    from dateparser.search import search_dates

    everything = [(text_of(release), release.published.date()) for _, release in releases(texts)]
    few = everything[:: max(1, len(everything) // PEER_TEXTS)][:PEER_TEXTS]

    def ours() -> None:
        for text, day in everything:
            extract(text, Context(day, "DE-TH"))

    def ours_few() -> None:
        for text, day in few:
            extract(text, Context(day, "DE-TH"))

    def theirs() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for text, day in few:
                base = {"RELATIVE_BASE": _midday(day)}
                search_dates(text, languages=["de"], settings=base)

    timed = pair(ours_few, theirs, rounds=3)
    whole = pair(ours, lambda: None, rounds=5)
    characters = sum(len(text) for text, _ in everything)
    return {
        "texts": len(everything),
        "mean_characters": round(characters / len(everything)),
        "us_per_text": round(whole.ours / len(everything) * 1e6),
        "us_per_2500_characters": round(whole.ours / characters * 2500 * 1e6),
        "times_faster_than_search_dates": round(timed.ratio, 1),
    }


def _midday(day: object) -> object:
    from datetime import date, datetime

    assert isinstance(day, date)
    return datetime(day.year, day.month, day.day) + timedelta(hours=12)
