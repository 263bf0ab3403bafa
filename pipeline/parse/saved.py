"""A saved page, decoded and parsed once for all who read it."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from pipeline.parse.decode import Decoded, decoded
from pipeline.parse.tree import MissingError, Tree, tame
from pipeline.parse.trimmed import TrimmedTree, trimmed
from pipeline.steps import Steps

Answer = TypeVar("Answer")


class Saved:
    """The bytes of a page, or its text; each further form is made when it is first asked for."""

    def __init__(self, raw: bytes | str, content_type: str | None = None) -> None:
        self.raw, self.content_type = raw, content_type

    @cached_property
    def _decoded(self) -> Decoded:
        return decoded(self.raw, self.content_type)

    @property
    def text(self) -> str:
        return self._decoded.text

    @cached_property
    def html(self) -> str:
        """The text within the bounds of real pages."""
        return tame(*self._decoded)

    @cached_property
    def _bytes(self) -> bytes:
        text, signs = self._decoded
        if signs is not None and self.html is text and isinstance(self.raw, bytes):
            return self.raw
        return self.html.encode("utf-8", "ignore")

    @cached_property
    def tree(self) -> Tree:
        """The page as a tree, perhaps without what few rules ask for: see `answer`."""
        try:
            part = trimmed(self._bytes)
            return TrimmedTree(part) if part else Tree(self._bytes)
        except MissingError:
            return Tree(self._bytes)

    def answer(self, rule: Callable[[], Answer]) -> Answer:
        """What a rule makes of the page; it is asked again where the tree lacked something."""
        try:
            return rule()
        except MissingError:
            self.tree = Tree(self._bytes)
            return rule()

    def answer_in_steps(self, rule: Callable[[], Steps[Answer]]) -> Steps[Answer]:
        """As `answer`, of a rule that may stop between its steps."""
        try:
            return (yield from rule())
        except MissingError:
            self.tree = Tree(self._bytes)
            return (yield from rule())
