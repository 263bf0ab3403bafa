"""Citing one version of a release so that whoever reads the citation finds the same bytes again.

A citation names the version (`pressearchiv:ID.N`) and the digest of the payload that showed it first. The
digest is what counts: numbers of versions move when an older capture is found later.

Formats: BibTeX, RIS (the specification of Research Information Systems, 2011), CSL-JSON 1.0, and a German
reference in the manner of DIN ISO 690.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from archive.clock import berlin_day, moment
from archive.german import KINDS, day

Format = Literal["text", "bibtex", "ris", "csl-json"]
# Bind :version.
CITED = """
SELECT v.id AS version, v.number AS version_number, v.title, v.first_seen_at, r.versions, r.id AS release,
    r.publisher_name, r.kind, r.number, r.published_on, r.url, c.captured_at, c.payload_digest, s.home
FROM versions v
    JOIN releases r ON r.id = v.release_id
    JOIN captures c ON c.id = v.capture_id
    LEFT JOIN sources s ON s.key = r.source_key
WHERE v.id = :version
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of one version says."""

    version: str  # its id: that of the release, a point, and its number
    version_number: int
    versions: int  # how many the release has
    author: str
    title: str
    kind: str
    number: str | None
    published_on: str | None
    url: str
    captured_at: str
    payload_digest: str

    @property
    def identifier(self) -> str:
        """By this and the digest the citation leads back to the bytes."""
        return f"pressearchiv:{self.version}"

    @property
    def genre(self) -> str:
        """What it is, with its number and, where there are several, its version."""
        number = f" Nr. {self.number}" if self.number else ""
        version = f", Fassung {self.version_number}" if self.versions > 1 else ""
        return f"{KINDS.get(self.kind, self.kind)}{number}{version}"

    @property
    def accessed_on(self) -> str:
        """The day, in Germany, on which the archive saw this version."""
        return berlin_day(moment(self.captured_at)).isoformat()


def citation(row: Mapping[str, object]) -> Citation:
    """The citation that a row of `CITED` gives."""
    return Citation(
        version=str(row["version"]),
        version_number=int(str(row["version_number"])),
        versions=int(str(row["versions"])),
        author=_line(row["publisher_name"]),
        title=_line(row["title"]),
        kind=str(row["kind"]),
        number=_line(row["number"]) or None,
        published_on=_line(row["published_on"]) or None,
        url=_line(row["url"]),
        captured_at=str(row["captured_at"]),
        payload_digest=str(row["payload_digest"]),
    )


def text(cited: Citation) -> str:
    """A German reference.

    Author: title. Genre, day. Address, as of a day (identifier, digest).
    """
    return (
        f"{cited.author}: {cited.title}. {cited.genre}, {day(cited.published_on)}. {cited.url}, "
        f"Stand vom {day(cited.accessed_on)} ({cited.identifier}, {cited.payload_digest})."
    )


def bibtex(cited: Citation) -> str:
    """An entry for BibTeX and BibLaTeX; names and titles keep their capitals."""
    fields = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": _tex(cited.genre),
        "year": (cited.published_on or "")[:4],
        "date": cited.published_on or "",
        "url": _tex_address(cited.url),
        "urldate": cited.accessed_on,
        "note": f"{_tex(cited.identifier)}, {cited.payload_digest}",
    }
    said = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{cited.version},\n{said}}}\n"


def ris(cited: Citation) -> str:
    """A record for reference managers."""
    lines = [
        ("TY", "PRESS"),
        ("ID", cited.version),
        ("AU", cited.author),
        ("TI", cited.title),
        ("M3", cited.genre),
        ("PY", (cited.published_on or "")[:4]),
        ("DA", (cited.published_on or "").replace("-", "/")),
        ("UR", cited.url),
        ("Y2", cited.accessed_on.replace("-", "/")),
        ("LA", "de"),
        ("AN", cited.identifier),
        ("N1", cited.payload_digest),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def csl_json(cited: Citation) -> str:
    """An item for citation processors, in a list as they read it."""
    item = {
        "id": cited.version,
        "type": "article",
        "author": [{"literal": cited.author}],
        "title": cited.title,
        "genre": cited.genre,
        "number": cited.number,
        "issued": _date_parts(cited.published_on),
        "accessed": _date_parts(cited.accessed_on),
        "URL": cited.url,
        "language": "de-DE",
        "archive": "Pressearchiv",
        "archive_location": cited.identifier,
        "note": cited.payload_digest,
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=2) + "\n"


def written(cited: Citation, form: Format) -> str:
    """The citation in one of the formats, with a line end."""
    writers: Mapping[Format, Callable[[Citation], str]]
    writers = {"text": text, "bibtex": bibtex, "ris": ris, "csl-json": csl_json}
    return writers[form](cited).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class Named:
    """What a citation in any of the formats names."""

    release: str
    number: int
    payload_digest: str


def named(reference: str) -> Named | None:
    r"""The version that a citation names, whatever its format; None where it names none.

    >>> named("… (pressearchiv:th-tmil-0123456789ab.2, sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ).")
    Named(release='th-tmil-0123456789ab', number=2, payload_digest='sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ')
    """
    version = re.search(r"pressearchiv:([a-z0-9][a-z0-9-]{0,120})\.(\d{1,9})", reference)
    payload = re.search(r"sha1:[A-Z2-7]{32}", reference)
    return Named(version[1], int(version[2]), payload[0]) if version and payload else None


def _line(value: object) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in str(value or "")).split())


TEX = {ord(c): f"\\{c}" for c in "$&%#_"} | {
    ord("{"): r"\textbraceleft{}",  # BibTeX counts braces, also those behind a backslash
    ord("}"): r"\textbraceright{}",
    ord("\\"): r"\textbackslash{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}


def _tex(said: str) -> str:
    return said.translate(TEX)


def _tex_address(url: str) -> str:
    # \url and hyperref take an address as it is; only braces and backslashes would end the field.
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _date_parts(on: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in on.split("-")]]} if on else None
