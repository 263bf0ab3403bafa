"""One page while its fields are found, each by the first rule that speaks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from archive import titles
from archive.source import Source
from archive.titles import Title
from archive.urls import joined
from archive.words import alike
from pipeline.parse import body, published
from pipeline.parse.attachments import Attachment, attached
from pipeline.parse.blocks import HIDDEN_CLASS, Known, blocks
from pipeline.parse.head import Head, read_head
from pipeline.parse.kinds import LABEL, undated
from pipeline.parse.layouts import Finding, family_of, kickers, line, nodes, titled, values, voices
from pipeline.parse.published import Candidate
from pipeline.parse.saved import Saved
from pipeline.parse.sought import BYLINE, is_numbered
from pipeline.parse.tree import Node, attribute, within

MAIN = "main, [role=main], article, #content, #main, #inhalt, #main-content, .main-content, body"
NUMBER = re.compile(
    r"(?:Nr\.?|Nummer|:)\s*(\d[\w/.-]*\d|\d+)|\b(\d{1,5}/(?:19|20)?\d\d)\b|^\s*\D{0,30}?(\d{1,5})\s*$"
)
LABELLED = re.compile(
    r"(?:Gemeinsame\s)?(?:(?:Presse|Medien)(?:\w{3,12})?|Termin(?:hinweis|information)e?|Statement|Rede|Korrektur)"
    r"\s*:?\s*(?:Nr\.?)?\s*:?\s*(\d[\w/.-]*\d|\d+)(?!\.\d)\b|Nr\.\s?(\d+)\s*\|",
    re.IGNORECASE,
)
LABEL_ALONE = re.compile(
    r"(?:(?:erstellt|veröffentlicht) am|datum|erscheinungs(?:tag|datum)|stand|pressemitteilung(?: vom)?):?",
    re.IGNORECASE,
)
AT_END = re.compile(r"(?:erstellt|veröffentlicht) am", re.IGNORECASE)
AUTHOR = re.compile(rf"^{BYLINE} (.{{5,120}})$")
NO_AUTHORS = ("admin", "administrator", "redaktion", "webmaster", "onlineredaktion")
AROUND = 8  # lines above and below the title where its date and number stand
TOP = 3  # lines in which it mostly stands


class Reading:
    """One page while its fields are found; earlier fields help to find later ones."""

    def __init__(
        self, saved: Saved, url: str, captured: date | None, source: Source | None, by_layout: bool
    ) -> None:
        self.saved, self.url, self.captured, self.source = saved, url, captured, source
        self.tree = saved.tree
        self.head: Head = read_head(self.tree)
        self.voices = voices(self.tree, url, captured, source) if by_layout else ()
        if not self.voices:  # general rules will find the text
            self.tree.demand_all()
        self.lines: Known = {}
        self.rules: dict[str, str] = {}
        self.heading = ""  # as it stands, with whatever is glued to the title

    def first(self, name: str) -> str | None:
        """The first value that any layout's selectors of that name give."""
        for voice in self.voices:
            for finding in values(self.tree, voice, getattr(voice.layout, name)):
                self.rules[name] = finding.rule
                return self.mended(finding.value)
        return None

    def mended(self, value: str) -> str:
        """A value fix of the source, where it has one for exactly this value."""
        return self.source.fixes.get(value, value) if self.source else value

    def title(self) -> Title:
        others = self.head_titles
        for finding in self.headings():
            if len(alike(finding.value)) > 2:
                self.rules["title"] = finding.rule
                self.heading = finding.value
                # A heading that the head repeats in full has no kicker glued to it.
                whole = any(alike(finding.value) in alike(raw.value) for raw in self.raw_titles)
                return titles.cleaned(finding.value, () if whole else [o.value for o in others])
        if others:
            self.rules["title"] = others[0].rule
            return titles.cleaned(others[0].value)
        return titles.cleaned(next((line(node) for node in self.tree.css("h1, h2")), ""))

    def headings(self) -> Iterator[Finding]:
        """Candidates for the title, the best first: the first `h1` of a page often is a rubric."""
        for voice in self.voices:
            yield from values(self.tree, voice, voice.layout.title, titled)
        known = {alike(other.value) for other in self.head_titles} - {""}
        plain = [text for node in self.tree.css("h1") if not _hidden(node) and (text := titled(node))]
        yield from (Finding(text, "h1 as in head") for text in plain if any(k in alike(text) for k in known))
        top = self.main
        inside = [titled(node) for node in within(top, "h1") if not _hidden(node)] if top else []
        yield from (
            Finding(text, "h1") for text in inside if " " in text and not titles.RUBRIC.fullmatch(text)
        )

    def kicker_inside(self) -> str | None:
        """A kicker that stands in the heading as an element of its own."""
        inside = (line(inner) for node in self.tree.css("h1")[:4] for inner in kickers(node))
        return next((text for text in inside if text and undated(text) == text), None)

    @cached_property
    def raw_titles(self) -> list[Finding]:
        """The titles that the head states, with the site's name around them."""
        names = ("og:title", "title", "dcterms.title", "dc.title")
        raw = [
            *(Finding(str(a.get("headline") or ""), "json-ld:headline") for a in self.head.articles),
            *(Finding(self.head.last(name), f"meta:{name}") for name in names),
            Finding(self.head.title, "title"),
        ]
        return [finding for finding in raw if finding.value]

    @cached_property
    def head_titles(self) -> list[Finding]:
        owners = [owner for owner in (self.source, family_of(self.source)) if owner]
        prefixes = [prefix for owner in owners for prefix in owner.title_prefixes]
        suffixes = [suffix for owner in owners for suffix in owner.title_suffixes]
        site = self.head.last("og:site_name")
        raw = self.raw_titles
        cut = ((titles.without_site(title.value, prefixes, suffixes, site), title.rule) for title in raw)
        return [Finding(text, rule) for text, rule in cut if text]

    def number(self, title: Title) -> str | None:
        stated = re.sub(r"\bvom\b.*", "", self.first("number") or "")
        if found := NUMBER.search(stated):
            return next(g for g in found.groups() if g)
        if title.number:
            self.rules["number"] = self.rules["title"]
            return re.sub(r"^Nr\.?\s*:?\s*|\s", "", title.number)
        for text in self.around if not self.stated or is_numbered(self.saved.html) else ():
            if (found := LABELLED.match(text)) and is_numbered(self.saved.html):
                self.rules["number"] = "text:labelled"
                return next(g for g in found.groups() if g)
        return None

    @cached_property
    def around(self) -> list[str]:
        """The lines around the title, where head and foot of a release state what they state."""
        texts = _with_labels([b.text for b in blocks(self.main, known=self.lines)] if self.main else [])
        title = next((alike(o.value) for o in self.head_titles), "")
        at = _line_of(title, texts) if title else 0
        tail = [text for text in texts[at + AROUND :] if AT_END.match(text)]
        return texts[max(0, at - AROUND) : at + AROUND] + tail

    @cached_property
    def main(self) -> Node | None:
        """The part of the page that holds the release."""
        for selector in MAIN.split(", "):
            found = self.tree.css(selector)
            if found and (selector == "body" or len(found) == 1):
                return found[0]
        return None

    def text(self, known: list[str]) -> body.Body | None:
        for voice in self.voices:
            if found := body.by_layout(self.tree, voice, known, self.lines):
                return found
        self.tree.demand_all()
        return body.by_general_rules(self.saved.whole, self.main, known)

    def candidates(self, title: str) -> list[Candidate]:
        given = [c for voice in self.voices for c in published.from_layout(self.tree, voice)]
        disbelieved: list[Candidate] = []
        if any(voice.layout.day_from_text for voice in self.voices):
            lines = [b.text for b in blocks(self.tree.body, known=self.lines)] if self.tree.body else []
            stated = published.datelines(lines)
            given = [*stated[1:], *published.from_address(self.url), *given]
            disbelieved = [replace(head, field="disbelieved") for head in stated[:1]]
        given += [*published.from_head(self.head), *published.from_heading(self.heading, title)]
        timed = [*published.from_times(self.tree), *published.from_address(self.url)]
        if any(c.field == "published" for c in given):
            return [*given, *timed, *disbelieved]
        around = self.around
        return [*given, *published.from_texts(around), *timed, *published.as_of(around), *disbelieved]

    @cached_property
    def stated(self) -> list[str]:
        """What the page calls itself where the layouts say that it does; else the lines around must tell."""
        return [
            finding.value for voice in self.voices for finding in values(self.tree, voice, voice.layout.label)
        ]

    def labels(self, kicker: str | None) -> list[str]:
        around = () if self.stated else self.around
        short = [text for text in around if len(text) < 60 and LABEL.match(undated(text))]
        return [*self.stated, *([kicker] if kicker else []), *short]

    def author(self) -> str | None:
        if stated := self.first("author"):
            return stated
        for article in self.head.articles:
            who = article.get("author")
            name = who.get("name") if isinstance(who, dict) else who
            if isinstance(name, str) and name:
                self.rules["author"] = "json-ld:author"
                return name
        if (stated := self.head.last("author")) and alike(stated) not in NO_AUTHORS:
            self.rules["author"] = "meta:author"
            return stated
        around = self.around if not self.stated or BYLINE in self.saved.html else ()
        found = next((m for text in around if (m := AUTHOR.match(text))), None)
        return found[1] if found and BYLINE in self.saved.html else None

    def attachments(self, found: body.Body | None) -> tuple[Attachment, ...]:
        beside = [n for v in self.voices for n in nodes(self.tree, v.layout.attachments)[0]]
        return attached([*(found.nodes if found else ()), *beside], self.base)

    def base(self) -> str:
        """The address that links on the page start from."""
        base = next((node for node in self.tree.css("base") if "href" in node.attributes), None)
        return (joined(self.url, attribute(base, "href")) if base else "") or self.url


def _with_labels(texts: list[str]) -> list[str]:
    """Lines where a label such as "erstellt am:" that stands alone is joined with its value."""
    return [
        f"{text} {texts[at + 1]}" if LABEL_ALONE.fullmatch(text) and at + 1 < len(texts) else text
        for at, text in enumerate(texts)
    ]


def _line_of(title: str, texts: list[str]) -> int:
    """Where a title is repeated, the first line where it is not; each is looked at only if any may do so."""
    top, rest = texts[:TOP], texts[TOP:]
    found = next((at for at, text in enumerate(top) if title in alike(text)), None)
    if found is None and title in alike("".join(rest)):
        found = next((at for at, text in enumerate(rest, TOP) if title in alike(text)), None)
    return found or 0


def _hidden(node: Node) -> bool:
    return HIDDEN_CLASS.search(attribute(node, "class")) is not None
