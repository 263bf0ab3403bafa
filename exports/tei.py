"""A corpus in TEI P5, one file per source: texts as they are, what they name as standoff spans.

Spans point into paragraphs with the scheme string-range of the TEI guidelines (chapter 16): an element, the
characters before the span, its length. So spans may overlap, and the text stays free of mark-up.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from archive.german import KINDS
from exports.documents import Document, Mentioned

REFS = {"minister": "minister", "district": "ags", "municipality": "ags"}
CONTROL = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)} | {
    0xFFFE: "\ufffd",
    0xFFFF: "\ufffd",
}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>{title}: {source}</title></titleStmt>
<publicationStmt><p>Export of Pressearchiv; the texts belong to their publishers.</p></publicationStmt>
<sourceDesc><p>Press releases of the source {source}, as captured from its pages.</p></sourceDesc>
</fileDesc>
<encodingDesc>
<listPrefixDef>
<prefixDef ident="ags" matchPattern="(\\d+)" replacementPattern="districts.csv#$1">\
<p>Official district (5 digits) or municipality (8 digits) key.</p></prefixDef>
<prefixDef ident="minister" matchPattern="(.+)" replacementPattern="ministers.csv#$1">\
<p>Identifier of a person in the table ministers.</p></prefixDef>
</listPrefixDef>
</encodingDesc>
</teiHeader>
"""


def write_tei(
    path: Path, title: str, source: str, documents: Iterable[tuple[Document, list[Mentioned]]]
) -> int:
    """The corpus of a source; how many texts it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD.format(title=_text(title), source=_text(source)))
        for document, mentions in documents:
            file.write(_tei(document, mentions))
            count += 1
        file.write("</teiCorpus>\n")
    return count


def _tei(d: Document, mentions: list[Mentioned]) -> str:
    paragraphs = d.text.split("\n")
    said = "\n".join(
        f"<p xml:id={_id(d, at)}>{_text(paragraph)}</p>" for at, paragraph in enumerate(paragraphs, 1)
    )
    day = f"<date when={_attribute(d.published_on)}/>" if d.published_on else "<date/>"
    number = f'<idno type="number">{_text(d.number)}</idno>' if d.number else ""
    return f"""<TEI xml:id={_attribute(d.id)}>
<teiHeader>
<fileDesc>
<titleStmt><title>{_text(d.title)}</title><author>{_text(d.publisher_name)}</author></titleStmt>
<publicationStmt>
<publisher>{_text(d.publisher_name)}</publisher>
{day}
<idno type="pressearchiv">{_text(d.version_id)}</idno>{number}
</publicationStmt>
<sourceDesc><bibl><ref target={_attribute(d.url)}/> <idno type="WARC">{_text(d.capture_record)}</idno></bibl>
</sourceDesc>
</fileDesc>
<profileDesc><langUsage><language ident={_attribute(d.language or "de")}/></langUsage>
<textClass><keywords><term type="kind">{_text(KINDS.get(d.kind, d.kind))}</term>\
<term type="jurisdiction">{_text(d.jurisdiction)}</term></keywords></textClass></profileDesc>
</teiHeader>
{"".join(_standoff(d, paragraphs, mentions))}<text xml:lang={_attribute(d.language or "de")}><body>
<head xml:id={_id(d, 0)}>{_text(d.title)}</head>
{said}
</body></text>
</TEI>
"""


def _standoff(d: Document, paragraphs: list[str], mentions: list[Mentioned]) -> Iterator[str]:
    if not mentions:
        return
    yield "<standOff>\n"
    for kind, some in groupby(sorted(mentions, key=lambda m: m.kind), key=lambda m: m.kind):
        yield f"<spanGrp type={_attribute(kind)}>\n"
        for mention in some:
            target = " ".join(_ranges(d, paragraphs, mention))
            ana = f" ana={_attribute(f'{REFS[kind]}:{mention.ref}')}" if mention.ref else ""
            yield f'<span target="{target}"{ana}>{_text(mention.value or mention.surface)}</span>\n'
        yield "</spanGrp>\n"
    yield "</standOff>\n"


def _ranges(d: Document, paragraphs: list[str], mention: Mentioned) -> Iterator[str]:
    """One pointer for each paragraph that a span touches."""
    if mention.field == "title":
        yield f"#string-range({d.id}.0,{mention.start},{mention.end - mention.start})"
        return
    begins = 0
    for at, paragraph in enumerate(paragraphs, 1):
        start, end = max(mention.start, begins), min(mention.end, begins + len(paragraph))
        if start < end:
            yield f"#string-range({d.id}.{at},{start - begins},{end - start})"
        begins += len(paragraph) + 1


def _id(d: Document, place: int) -> str:
    return f'"{d.id}.{place}"'


def _text(value: str) -> str:
    return escape(_allowed(value)).replace("\r", "&#13;")


def _attribute(value: str | None) -> str:
    return quoteattr(_allowed(value or ""))


def _allowed(value: str) -> str:
    """The same without what XML cannot hold; of printable characters it holds all."""
    return value if value.isprintable() else value.translate(CONTROL)
