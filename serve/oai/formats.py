"""How records are written: Dublin Core, as the protocol asks of all, and MODS, as libraries keep them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from sqlite_utils import Database

from archive.german import KINDS, LANDS
from serve import addresses
from serve.oai.asked import PREFIX
from serve.pages import xml_text

Element = etree._Element
NameSpaces = dict[str | None, str]
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
MODS = "http://www.loc.gov/mods/v3"
RIGHTS = "Die Mitteilung gehört ihrem Herausgeber."
# Pages that reserve text and data mining were read by a permission of ours: their words stay here.
RELEASE = """
SELECT r.id, r.version_id, r.kind, r.number, r.published_on, r.publisher_name, r.jurisdiction, r.url,
    coalesce(r.language, 'de') AS language, CASE WHEN kept THEN NULL ELSE r.title END AS title,
    CASE WHEN kept THEN NULL ELSE r.subtitle END AS subtitle
FROM (SELECT releases.*, EXISTS (
        SELECT 1 FROM versions v JOIN version_captures vc ON vc.version_id = v.id
        JOIN captures c ON c.id = vc.capture_id WHERE v.release_id = releases.id AND c.tdm_reservation = 1
    ) AS kept FROM releases WHERE releases.id = ?) AS r
"""
Row = dict[str, Any]  # columns hold what SQLite held


def row(db: Database, release_id: str) -> Row:
    """What is said of a release."""
    cursor = db.execute(RELEASE, (release_id,))
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def dublin_core(release: Row, origin: str) -> Element:
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    _place(root, OAI_DC, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, value in _said(release, origin):
        if value:
            add(root, f"{{{DC}}}{name}", value)
    return root


def _said(release: Row, origin: str) -> Iterator[tuple[str, str | None]]:
    yield "title", release["title"]
    yield "creator", release["publisher_name"]
    yield "publisher", release["publisher_name"]
    yield "date", release["published_on"]
    yield "type", "Text"
    yield "type", KINDS.get(release["kind"], release["kind"])
    yield "identifier", f"{origin}{addresses.release(release['id'])}"
    yield "identifier", f"pressearchiv:{release['version_id']}"
    yield "identifier", release["number"]
    yield "source", release["url"]
    yield "language", release["language"]
    yield "coverage", LANDS.get(release["jurisdiction"], release["jurisdiction"])
    yield "description", release["subtitle"]
    yield "rights", RIGHTS


def mods(release: Row, origin: str) -> Element:
    spaces: NameSpaces = {None: MODS, "xsi": XSI}
    root = etree.Element(f"{{{MODS}}}mods", nsmap=spaces, version="3.8")  # type: ignore[arg-type]  # as lxml has it
    _place(root, MODS, "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd")

    def inner(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
        return add(parent, f"{{{MODS}}}{name}", text, **attributes)

    if release["title"]:
        title = inner(root, "titleInfo")
        inner(title, "title", release["title"])
        if release["subtitle"]:
            inner(title, "subTitle", release["subtitle"])
    name = inner(root, "name", type="corporate")
    inner(name, "namePart", release["publisher_name"])
    inner(inner(name, "role"), "roleTerm", "aut", type="code", authority="marcrelator")
    inner(root, "typeOfResource", "text")
    inner(root, "genre", KINDS.get(release["kind"], release["kind"]))
    origin_info = inner(root, "originInfo")
    inner(origin_info, "publisher", release["publisher_name"])
    if release["published_on"]:
        inner(origin_info, "dateIssued", release["published_on"], encoding="w3cdtf", keyDate="yes")
    inner(inner(root, "language"), "languageTerm", release["language"], type="code", authority="rfc5646")
    inner(root, "identifier", f"pressearchiv:{release['version_id']}", type="local")
    if release["number"]:
        inner(root, "identifier", release["number"], type="issue number")
    here = f"{origin}{addresses.release(release['id'])}"
    inner(inner(root, "location"), "url", here, usage="primary display")
    original = inner(root, "relatedItem", type="original")
    inner(inner(original, "location"), "url", release["url"])
    inner(root, "accessCondition", RIGHTS, type="use and reproduction")
    inner(inner(root, "recordInfo"), "recordIdentifier", f"{PREFIX}{release['id']}")
    return root


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write records."""

    schema: str
    namespace: str
    write: Callable[[Row, str], Element]


FORMATS = {
    "oai_dc": Format("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, dublin_core),
    "mods": Format("http://www.loc.gov/standards/mods/v3/mods-3-8.xsd", MODS, mods),
}


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """An element in another; of its text what XML can hold."""
    child = etree.SubElement(parent, name, {key: xml_text(value) for key, value in attributes.items()})
    child.text = None if text is None else xml_text(text)
    return child


def _place(root: Element, namespace: str, schema: str) -> None:
    root.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")
