"""The answers of the protocol as XML."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from lxml import etree
from sqlite_utils import Database

from archive.clock import stamp
from serve.oai import tokens
from serve.oai.asked import PREFIX, Asked, OaiError, asked
from serve.oai.formats import FORMATS, XSI, Element, NameSpaces, add, row
from serve.oai.records import Header, earliest, header, page, sets

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = f"{OAI} {OAI}OAI-PMH.xsd"
PER_PAGE = 100
NAME = "Pressearchiv"
NO_ECHO = ("badVerb", "badArgument")  # errors after which the arguments are not repeated


class Answer:
    """An answer in the making: the archive as it is at a moment, served at an origin."""

    def __init__(self, db: Database, now: datetime, origin: str, contact: str, size: int = PER_PAGE) -> None:
        self.db, self.now, self.origin, self.contact, self.size = db, now, origin, contact, size
        spaces: NameSpaces = {None: OAI, "xsi": XSI}
        self.root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap=spaces)  # type: ignore[arg-type]  # as lxml has it
        self.root.set(f"{{{XSI}}}schemaLocation", SCHEMA)
        self.add(self.root, "responseDate", stamp(now))

    def add(self, parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
        return add(parent, f"{{{OAI}}}{name}", text, **attributes)

    def of(self, arguments: Iterable[tuple[str, str]]) -> bytes:
        """The answer to arguments, whatever they are."""
        pairs = list(arguments)
        request = self.add(self.root, "request", f"{self.origin}/oai")
        try:
            wanted = asked(pairs, self.now)
            VERBS[wanted.verb](self, wanted)
        except OaiError as error:
            self.add(self.root, "error", str(error), code=error.code)
            pairs = [] if error.code in NO_ECHO else pairs
        for name, value in pairs:
            add_attribute(request, name, value)
        return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True)


def add_attribute(element: Element, name: str, value: str) -> None:
    scratch = add(element, "scratch", value)  # the text that XML can hold
    element.remove(scratch)
    element.set(name, scratch.text or "")


def _identify(answer: Answer, wanted: Asked) -> None:
    root = answer.add(answer.root, "Identify")
    answer.add(root, "repositoryName", NAME)
    answer.add(root, "baseURL", f"{answer.origin}/oai")
    answer.add(root, "protocolVersion", "2.0")
    answer.add(root, "adminEmail", answer.contact)
    answer.add(root, "earliestDatestamp", earliest(answer.db, answer.now))
    answer.add(root, "deletedRecord", "transient")
    answer.add(root, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def _formats(answer: Answer, wanted: Asked) -> None:
    if wanted.identifier:
        _known(answer, wanted)
    root = answer.add(answer.root, wanted.verb)
    for prefix, form in FORMATS.items():
        each = answer.add(root, "metadataFormat")
        answer.add(each, "metadataPrefix", prefix)
        answer.add(each, "schema", form.schema)
        answer.add(each, "metadataNamespace", form.namespace)


def _sets(answer: Answer, wanted: Asked) -> None:
    root = answer.add(answer.root, "ListSets")
    for spec, name in sets(answer.db):
        each = answer.add(root, "set")
        answer.add(each, "setSpec", spec)
        answer.add(each, "setName", name)


def _record(answer: Answer, wanted: Asked) -> None:
    _check_format(wanted)
    found = _known(answer, wanted)
    root = answer.add(answer.root, "GetRecord")
    _write_record(answer, root, found, wanted.prefix)


def _list(answer: Answer, wanted: Asked) -> None:
    _check_format(wanted)
    found, more = page(answer.db, wanted, answer.now, answer.size)
    if not found:
        raise OaiError("noRecordsMatch", "nothing changed in that time, or the set is empty")
    root = answer.add(answer.root, wanted.verb)
    for each in found:
        if wanted.verb == "ListIdentifiers":
            _write_header(answer, root, each)
        else:
            _write_record(answer, root, each, wanted.prefix)
    if more:
        place = replace(wanted, after=found[-1].id)
        said = (place.verb, place.prefix, place.since, place.until, place.set, place.after)
        token = tokens.written(tokens.Place(*said), answer.now)
        answer.add(root, "resumptionToken", token, expirationDate=tokens.expires(answer.now))
    elif wanted.after:
        answer.add(root, "resumptionToken")


def _known(answer: Answer, wanted: Asked) -> Header:
    found = header(answer.db, wanted.release_id, answer.now)
    if found is None:
        raise OaiError("idDoesNotExist", f"{wanted.identifier} is not known here")
    return found


def _check_format(wanted: Asked) -> None:
    if wanted.prefix not in FORMATS:
        raise OaiError("cannotDisseminateFormat", f"there are {', '.join(FORMATS)}")


def _write_record(answer: Answer, parent: Element, of: Header, prefix: str) -> None:
    record = answer.add(parent, "record")
    _write_header(answer, record, of)
    if not of.is_deleted:
        said = FORMATS[prefix].write(row(answer.db, of.id), answer.origin)
        answer.add(record, "metadata").append(said)


def _write_header(answer: Answer, parent: Element, of: Header) -> None:
    status = {"status": "deleted"} if of.is_deleted else {}
    element = answer.add(parent, "header", **status)
    answer.add(element, "identifier", f"{PREFIX}{of.id}")
    answer.add(element, "datestamp", of.stamp)
    for spec in of.sets:
        answer.add(element, "setSpec", spec)


VERBS: dict[str, Callable[[Answer, Asked], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}
