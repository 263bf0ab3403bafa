"""Grouping generated releases with the same text, 25,000 to 200,000: time, memory, and the next day."""

import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from sqlite_utils import Database

from benchmarks.filled import Release, fill, start
from demo.collection import edition
from demo.places import districts
from pipeline.near_duplicates import run as near_duplicates

SIZES = (25_000, 50_000, 100_000, 200_000)
PORTALS = ("demo-thueringen", "demo-bund", "demo-feed")
PUBLISHERS = ("th-umwelt", "sn-umwelt", "bund-umwelt")
PER_DAY = 40  # of 150 sources together, as the federal and the Land governments publish
JOINT, FORM = 0.05, 0.10  # shares of all texts
SENTENCES, OTHER_WORDS = 12, 0.3
FIRST_DAY = date(2006, 1, 2)


@dataclass(frozen=True)
class Figures:
    """One size, measured in a process of its own."""

    seconds: float
    seconds_next_day: float
    megabytes: int  # at most, above what the filled archive took
    pairs: int
    groups: int
    found: float  # share of the joint releases that were grouped with their first
    wrong: int  # forms that were taken for the same text


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Figures of each size, by size."""
    found: dict[str, float] = {}
    for count in sizes:
        with get_context("spawn").Pool(1) as pool:  # memory is that of a process
            figures = pool.apply(measure, (count,))
        found |= {
            f"seconds_{count}": round(figures.seconds, 1),
            f"seconds_next_day_{count}": round(figures.seconds_next_day, 2),
            f"megabytes_{count}": figures.megabytes,
            f"pairs_{count}": figures.pairs,
            f"groups_{count}": figures.groups,
            f"joint_found_{count}": round(figures.found, 4),
            f"forms_taken_for_same_{count}": figures.wrong,
        }
    return found


def measure(count: int) -> Figures:
    """Group so many texts, then the forty of the next day."""
    with tempfile.TemporaryDirectory() as folder:
        db = start(Path(folder))
        texts = generated(count + PER_DAY)
        fill(db, (next(texts) for _ in range(count)))
        before = _peak()
        took = _seconds(db)
        peak = _peak()
        fill(db, texts)
        next_day = _seconds(db)
        [pairs] = db.execute("SELECT count(*) FROM text_pairs").fetchone()
        [groups] = db.execute("SELECT count(*) FROM text_groups").fetchone()
        joint = "SELECT count(*) FROM releases WHERE id LIKE '%-joint'"
        [grouped] = db.execute(f"{joint} AND id IN (SELECT release_id FROM text_group_members)").fetchone()
        share = grouped / db.execute(joint).fetchone()[0]
        forms = "one_id LIKE '%-form' AND other_id LIKE '%-form'"
        [wrong] = db.execute(f"SELECT count(*) FROM text_pairs WHERE {forms}").fetchone()
        db.close()
    return Figures(took, next_day, (peak - before) // 1024, pairs, groups, share, wrong)


def _seconds(db: Database) -> float:
    """Of the processor: the machine has others to serve."""
    began = time.process_time()
    near_duplicates.group_new(db)
    return time.process_time() - began


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def generated(count: int, seed: int = 1) -> Iterator[Release]:
    """Releases in the order of days: most alone, some joint, some made from one form."""
    dice = random.Random(seed)
    every = [release for portal in PORTALS for release in edition(portal, 0).releases]
    sentences = [part for release in every for part in re.split(r"(?<=[.!?]) ", release.text)]
    vocabulary = sorted({word for sentence in sentences for word in sentence.split()})
    towns = [town.name for district in districts() for town in district.municipalities]
    forms = [_body(dice, sentences, vocabulary) for _ in range(60)]
    last: Release | None = None
    for number in range(count):
        day, key = FIRST_DAY + timedelta(number // PER_DAY), f"r{number:07}"
        publisher, kind = dice.choice(PUBLISHERS), dice.random()
        if kind < JOINT and last is not None:
            head = "Gemeinsame Medieninformation mit dem Nachbarland"
            text = f"{head}\n{last.text}\nRückfragen an die Pressestelle."
            yield Release(f"{key}-joint", day, last.title, text, publisher)
        elif kind < JOINT + FORM:
            town, sum_ = dice.choice(towns), f"{dice.randint(1, 999)}.{dice.randint(100, 999)} Euro"
            text = f"Die Stadt {town} erhält {sum_} vom Land.\n{dice.choice(forms)}\nDas teilt {town} mit."
            yield Release(f"{key}-form", day, f"{sum_} für {town}", text, publisher, (town,))
        else:
            body = _body(dice, sentences, vocabulary)
            last = Release(key, day, body.split(". ")[0], body, publisher)
            yield last


def _body(dice: random.Random, sentences: list[str], vocabulary: list[str]) -> str:
    chosen = " ".join(dice.sample(sentences, SENTENCES)).split()
    return " ".join(dice.choice(vocabulary) if dice.random() < OTHER_WORDS else word for word in chosen)
