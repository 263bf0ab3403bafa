"""A saved page, decoded and parsed once for all who read it."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from pipeline.parse.decode import Decoded, decoded
from pipeline.parse.tree import MissingError, Tree, tame
from pipeline.parse.trimmed import Lean, TrimmedTree, lean, trimmed
from pipeline.steps import Steps

Answer = TypeVar("Answer")


class Saved:
    """The bytes of a page, or its text; each further form is made when it is first asked for."""

    def __init__(self, raw: bytes | str, content_type: str | None = None) -> None:
        self.raw, self.content_type = raw, content_type

    @cached_property
    def lean(self) -> Lean | None:
        """The page without the links around it, where it says the same as text with them and without."""
        return lean(self.raw) if isinstance(self.raw, bytes) else None

    @cached_property
    def _decoded(self) -> Decoded:
        return decoded(self.raw, self.content_type)

    @property
    def text(self) -> str:
        """Where rules look for words of `sought`; links around it may be left out."""
        return self.lean.text if self.lean else self._decoded.text

    @property
    def html(self) -> str:
        """The text within the bounds of real pages; links around it may be left out."""
        return self.lean.text if self.lean else self.whole

    @cached_property
    def whole(self) -> str:
        """All of the text within the bounds of real pages."""
        return tame(*self._decoded)

    @cached_property
    def _bytes(self) -> bytes:
        """The whole in UTF-8."""
        if self.lean:
            return self.lean.whole
        text, signs = self._decoded
        if signs is not None and self.whole is text and isinstance(self.raw, bytes):
            return self.raw
        return self.whole.encode("utf-8", "ignore")

    @cached_property
    def tree(self) -> Tree:
        """The page as a tree, perhaps without what few rules ask for: see `answer`."""
        try:
            part = self.lean.page if self.lean else trimmed(self._bytes)
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
