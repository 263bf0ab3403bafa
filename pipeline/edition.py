"""Which edition of the program this is: what must be the same wherever parts of one build are made."""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.compare.normal import RULES_VERSION as NORMAL_RULES
from pipeline.extract.release import RULES_VERSION

PROGRAM = "pressearchiv"
PACKAGES = ("archive", "pipeline", "reference", "sources")  # what a reading depends on
LIBRARIES = (
    *(
        "ahocorasick-rs",
        "beautifulsoup4",
        "brotli",
        "lxml",
        "rapidfuzz",
        "selectolax",
        "simplemma",
        "trafilatura",
    ),
    *("tzdata", "w3lib", "warcio"),
)


@cache
def edition() -> Mapping[str, str]:
    """Versions by name: of the program, its rules, its code and tables to the byte, Python and libraries."""
    return {
        PROGRAM: metadata.version(PROGRAM),
        "rules": f"{RULES_VERSION}, {NORMAL_RULES}",
        "code": _digest(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


@cache
def mark() -> str:
    """The edition in a word."""
    return hashlib.sha256(repr(sorted(edition().items())).encode()).hexdigest()[:16]


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """What is not the same, for people.

    >>> differences({"lxml": "5.3", "rules": "2"}, {"lxml": "6.0", "rules": "2"})
    ['lxml 6.0 instead of 5.3']
    """
    names = sorted({*ours, *theirs})
    return [
        f"{name} {theirs.get(name, 'missing')} instead of {ours.get(name, 'none')}"
        for name in names
        if ours.get(name) != theirs.get(name)
    ]


def _digest() -> str:
    engine = hashlib.sha256()
    for package in PACKAGES:
        for name, file in sorted(_files(files(package), package)):
            engine.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return engine.hexdigest()[:12]


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for child in folder.iterdir():
        if child.name.startswith((".", "__pycache__")) or child.name.endswith(".pyc"):
            continue
        if child.is_dir():
            yield from _files(child, f"{name}/{child.name}")
        else:
            yield f"{name}/{child.name}", child
