"""Citations read back by the programs they are written for, and by us."""

import json

import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from exports.citation import Citation, bibtex, citation, csl_json, named, ris, text

DIGEST = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
ROW = Citation(
    version="th-tmil-0123456789ab.2",
    version_number=2,
    versions=3,
    author="Thüringer Ministerium für Infrastruktur und Landwirtschaft",
    title="Bescheid über 477.970 Euro",
    kind="press_release",
    number="045/2026",
    published_on="2026-03-02",
    url="https://example.org/medien/1?a=b&c=%20d_e",
    captured_at="2026-03-02T23:30:00Z",
    payload_digest=DIGEST,
)
awkward = st.text(
    st.characters(codec="utf-8") | st.sampled_from("{}\\$&%#_~^\"'@,\n\r"), min_size=1, max_size=40
)


def _with(title: str, author: str = "Ministerium") -> Citation:
    row = {name: getattr(ROW, name) for name in Citation.__slots__}
    return citation(row | {"title": title, "publisher_name": author})


def test_a_german_reference_says_who_what_when_where_and_by_which_bytes() -> None:
    assert text(ROW) == (
        "Thüringer Ministerium für Infrastruktur und Landwirtschaft: Bescheid über 477.970 Euro. "
        "Pressemitteilung Nr. 045/2026, Fassung 2, 2. März 2026. https://example.org/medien/1?a=b&c=%20d_e, "
        f"Stand vom 3. März 2026 (pressearchiv:th-tmil-0123456789ab.2, {DIGEST})."
    )


def test_what_was_never_dated_is_cited_without_an_invented_day() -> None:
    row = {name: getattr(ROW, name) for name in Citation.__slots__} | {
        "published_on": None,
        "publisher_name": "M",
    }
    undated = citation(row)
    assert "ohne Datum" in text(undated)
    assert "issued" not in json.loads(csl_json(undated))[0]
    assert "year" not in parse_string(bibtex(undated), "bibtex").entries[ROW.version].fields


@given(awkward, awkward)
def test_bibtex_holds_whatever_a_title_holds(title: str, author: str) -> None:
    entries = parse_string(bibtex(_with(title, author)), "bibtex").entries
    assert list(entries) == [ROW.version]
    assert entries[ROW.version].fields["url"] == ROW.url
    assert DIGEST in entries[ROW.version].fields["note"]


@given(awkward, awkward)
def test_ris_holds_whatever_a_title_holds(title: str, author: str) -> None:
    cited = _with(title, author)
    [record] = rispy.loads(ris(cited))
    assert record["id"] == ROW.version
    assert record.get("title", "") == cited.title
    assert record["urls"] == [ROW.url]


@given(awkward)
def test_csl_json_is_an_item_for_citation_processors(title: str) -> None:
    items = CiteProcJSON(json.loads(csl_json(_with(title))))
    assert ROW.version in items
    assert Cited([CitationItem(ROW.version)]).cites[0].key == ROW.version


@given(awkward, awkward)
def test_every_format_leads_back_to_the_version(title: str, author: str) -> None:
    cited = _with(title, author)
    for write in (text, bibtex, ris, csl_json):
        found = named(write(cited))
        assert found is not None
        assert (found.release, found.number, found.payload_digest) == ("th-tmil-0123456789ab", 2, DIGEST)
