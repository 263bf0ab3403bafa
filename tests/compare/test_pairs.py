"""The labelled pairs of versions: which class a change has, and which facts changed."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.compare.change import Change, Wording, compared
from pipeline.compare.pairing import FactChange
from pipeline.extract.mentions import Context

FOLDER = Path(__file__).parent
CLASSES, PRECISION, RECALL = 0.98, 0.98, 0.98
BLIND = 0.9  # of the classes, in the file that was never used to mend a rule
Label = tuple[str, str, str, str]


@cache
def labelled(name: str = "pairs") -> list[tuple[dict[str, Any], Change]]:
    """Each pair of a file with its change."""
    said = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    bases = {base["key"]: base for base in said["base"]}
    return [(pair, _change(bases[pair["base"]], pair)) for pair in said["pair"]]


def _change(base: dict[str, Any], pair: dict[str, Any]) -> Change:
    text = base["text"].strip()
    new = text
    for what, by in pair.get("edits", ()):
        new = new.replace(what, by)
    new = "\n".join([*pair.get("before", ()), new, *pair.get("after", ())])
    wordings = Wording(base["title"], text), Wording(pair.get("title", base["title"]), new)
    assert wordings[0] != wordings[1], pair
    return compared(*wordings, Context(base["published"], "DE-TH"))


def told(label: Label, change: FactChange) -> bool:
    """Whether a change is the labelled one: its wordings hold the labelled ones."""
    kind, action, old, new = label
    surfaces = (change.old.surface if change.old else "", change.new.surface if change.new else "")
    held = all(a in b and bool(a) == bool(b) for a, b in zip((old, new), surfaces, strict=True))
    return (kind, action) == (change.kind, change.action) and held


def wrong(file: str = "pairs") -> tuple[list[str], list[str], list[str], int]:
    """Pairs of the wrong class, facts found but not labelled, labelled but not found; how many there are."""
    classes, found, missed, count = [], [], [], 0
    for pair, change in labelled(file):
        name = f"{pair['base']} {pair.get('edits', '')} {pair.get('title', '')} {pair.get('after', '')}"
        if change.kind != pair["class"]:
            classes.append(f"{name}: {change.kind} ({change.significance})")
        labels = [tuple(fact) for fact in pair.get("facts", ())]
        count += len(labels)
        missed += [f"{name}: {label}" for label in labels if not any(told(label, c) for c in change.facts)]
        found += [f"{name}: {c}" for c in change.facts if not any(told(label, c) for label in labels)]
    return classes, found, missed, count


def test_the_set_is_large_and_has_every_class() -> None:
    classes = Counter(pair["class"] for pair, _ in labelled())
    assert classes.total() >= 100
    assert min(classes[name] for name in ("cosmetic", "editorial", "substantive")) >= 30


@pytest.mark.parametrize(("file", "least"), [("pairs", CLASSES), ("blind", BLIND)])
def test_changes_are_told_apart_by_what_they_mean(file: str, least: float) -> None:
    classes, *_ = wrong(file)
    assert 1 - len(classes) / len(labelled(file)) >= least, "\n".join(classes)


def test_a_cosmetic_change_is_never_called_another_and_no_other_is_called_cosmetic() -> None:
    for pair, change in labelled():
        assert (change.kind == "cosmetic") == (pair["class"] == "cosmetic"), pair


@pytest.mark.parametrize("file", ["pairs", "blind"])
def test_facts_that_changed_are_found_and_no_others(file: str) -> None:
    _, found, missed, count = wrong(file)
    right = count - len(missed)
    assert right / (right + len(found)) >= PRECISION, "\n".join(found)
    assert right / count >= RECALL, "\n".join(missed)
