"""What one invented press release says, together with what was put into it, so that a test can compare."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "press_release",
    "joint_release",
    "media_invitation",
    "date_notice",
    "statement",
    "speech",
    "correction",
]
BlockKind = Literal["p", "h2", "li"]


@dataclass(frozen=True)
class Block:
    """One paragraph, subheading or list item of the body."""

    kind: BlockKind
    text: str


@dataclass(frozen=True)
class DemoAmount:
    """A sum as it is written (`surface`) and what it means."""

    surface: str
    value_min: Decimal
    value_max: Decimal
    qualifier: Literal["exact", "about", "at_least", "at_most", "range"]


@dataclass(frozen=True)
class DemoDate:
    """A calendar day as it is written, and which day it is."""

    surface: str
    on: date


@dataclass(frozen=True)
class Attachment:
    """A file offered beside a release."""

    name: str
    title: str


@dataclass(frozen=True)
class DemoRelease:
    """An invented release; `slug` is unique within its portal, `published` is local time in Berlin."""

    portal: str
    slug: str
    published: datetime
    kind: Kind
    kicker: str
    number: str
    title: str
    lead: str
    body: tuple[Block, ...]
    author: str
    skeleton: str
    amounts: tuple[DemoAmount, ...] = ()
    dates: tuple[DemoDate, ...] = ()
    districts: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    ministers: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def text(self) -> str:
        """Lead and body, paragraphs separated by one newline, as a parser should hand it on."""
        return "\n".join([self.lead, *(block.text for block in self.body)])
