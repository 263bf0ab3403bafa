"""Where messages stand besides Python and templates: tables of words, and the descriptions of the data."""

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from archive.parameters import PARAMETERS

Message = tuple[int, str, str, list[str]]  # line, function, message, comments
WORDS = frozenset({"title", "description", "description_html"})


def tables(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """The values of the dictionaries that a module keeps as constants and that `options` name."""
    wanted = set(options["names"].split())
    for node in ast.parse(file.read()).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            if wanted.isdisjoint(t.id for t in node.targets if isinstance(t, ast.Name)):
                continue
            for value in node.value.values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.lineno, "gettext", value.value, []


def metadata(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Titles and descriptions of the databases, tables, columns and questions in Datasette's metadata."""
    for message in _described(json.load(file)):
        yield 1, "gettext", message, []


def parameters(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """What the filters of a search mean, as the description of the interface says it."""
    for parameter in PARAMETERS:
        yield 1, "gettext", parameter.description, []


def _described(said: Mapping[str, Any]) -> Iterator[str]:
    for name, value in said.items():
        if name == "columns":
            yield from value.values()
        elif isinstance(value, dict):
            yield from _described(value)
        elif name in WORDS and isinstance(value, str):
            yield value
