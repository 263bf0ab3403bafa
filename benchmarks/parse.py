"""Parsing release pages of a known layout, against trafilatura with its default settings."""

from collections import Counter

import trafilatura

from benchmarks.site import page, releases, source
from benchmarks.timing import pair
from pipeline.parse.page import parse


def run(pages: int = 60) -> dict[str, float]:
    """Microseconds per page, times faster than trafilatura, and the word F1 of both against the true text."""
    everything = [(page(release, n), release) for n, (_, release) in enumerate(releases(pages))]
    where = source("https://bench.example")
    encoded = [(html.encode(), release) for html, release in everything]
    url = "https://bench.example/release/x"

    def ours() -> list[str]:
        return [parse(html, url, None, where).text or "" for html, _ in encoded]

    def theirs() -> list[str]:
        return [trafilatura.extract(html.decode()) or "" for html, _ in encoded]

    timed = pair(ours, theirs, rounds=3)
    truth = [release.text for _, release in everything]
    return {
        "pages": pages,
        "mean_bytes": round(sum(len(html) for html, _ in encoded) / pages),
        "us_per_page": round(timed.ours / pages * 1e6),
        "times_faster_than_trafilatura": round(timed.ratio, 1),
        "text_f1": round(_f1(ours(), truth), 4),
        "text_f1_trafilatura": round(_f1(theirs(), truth), 4),
    }


def _f1(found: list[str], truth: list[str]) -> float:
    """Mean over pages of the F1 of the words, counted as often as they stand there."""
    scores = []
    for one, other in zip(found, truth, strict=True):
        a, b = Counter(one.split()), Counter(other.split())
        scores.append(2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values())))
    return sum(scores) / len(scores)
