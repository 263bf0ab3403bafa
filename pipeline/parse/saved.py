"""A saved page, decoded and parsed once for all who read it."""

from functools import cached_property

from pipeline.parse.decode import Decoded, decoded
from pipeline.parse.tree import Tree, tame


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
        text, marks = self._decoded
        return tame(text, marks)

    @cached_property
    def tree(self) -> Tree:
        text, marks = self._decoded
        return Tree(self.raw if marks is not None and self.html == text else self.html)
