"""Corpora and entities: what is named stands where it is said to stand, every reference leads somewhere."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from exports import corpora
from exports.chosen import choose
from exports.followthemoney import entity
from exports.jsonld import jsonld, script
from exports.run import Format, Wanted, export
from exports.unfinished import Unfinished
from tests.exports.filled import TEXTS
from tests.pipeline.small import Small

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
RANGE = re.compile(r"#string-range\((.+),(\d+),(\d+)\)")
# The schemata and properties that we write, as the model (4.x) has them; those marked must be there.
MODEL = {
    "PublicBody": "name! previousName country jurisdiction notes",
    "Person": "name! wikidataId topics",
    "Position": "name! country subnationalArea",
    "Occupancy": "holder! post! startDate endDate politicalGroup",
    "Address": "full region state country",
    "Article": "title fileName bodyText publishedAt publisher sourceUrl retrievedAt country language",
    "Documentation": "document! entity! role date",
    "LegalEntity": "name! country addressEntity",
    "Payment": "payer! beneficiary! amount amountEur currency purpose date proof summary description "
    "sourceUrl",
}
LINKS = {"holder", "post", "document", "entity", "payer", "beneficiary", "proof", "addressEntity"}


def _made(small: Small, form: Format, tmp_path: Path) -> Path:
    export(small.db, small.warc, Wanted(form), tmp_path / "out")
    return tmp_path / "out"


def test_tei_is_well_formed_and_every_span_points_to_the_words_it_is_about(
    looked_at: Small, tmp_path: Path
) -> None:
    corpus = etree.parse(_made(looked_at, "tei", tmp_path) / "th-test.xml")
    texts = {
        str(e.get(ID)): "".join(e.itertext()) for e in corpus.iter() if isinstance(e.tag, str) and e.get(ID)
    }
    heads = [str(head.text) for head in corpus.findall(".//t:body/t:head", TEI)]
    assert sorted(heads) == sorted(title for title, _ in TEXTS.values())
    surfaces = {row[0] for row in looked_at.rows(SURFACES)}
    spans = corpus.findall(".//t:span", TEI)
    assert (
        len(spans) == looked_at.rows(f"SELECT count(*) FROM ({SURFACES.replace('UNION', 'UNION ALL')})")[0][0]
    )
    for span in spans:
        found = []
        for pointer in str(span.get("target")).split(" "):
            said = RANGE.fullmatch(pointer)
            assert said is not None, pointer
            start, length = int(said[2]), int(said[3])
            found.append(texts[said[1]][start : start + length])
        assert "\n".join(found) in surfaces


SURFACES = """SELECT surface FROM minister_mentions UNION SELECT surface FROM person_mentions
UNION SELECT surface FROM district_mentions UNION SELECT surface FROM municipality_mentions
UNION SELECT surface FROM amounts UNION SELECT surface FROM dates"""


def test_each_document_of_tei_has_the_parts_that_the_guidelines_ask_for(
    looked_at: Small, tmp_path: Path
) -> None:
    corpus = etree.parse(_made(looked_at, "tei", tmp_path) / "th-test.xml").getroot()
    assert corpus.tag == f"{{{TEI['t']}}}teiCorpus"
    asked = ("titleStmt/t:title", "publicationStmt/*", "sourceDesc/*")
    for header in corpus.findall(".//t:teiHeader", TEI):
        for path in asked:
            assert header.find(f"t:fileDesc/t:{path}", TEI) is not None, path
    for document in corpus.findall("t:TEI", TEI):
        order = [str(child.tag).rpartition("}")[2] for child in document]
        assert order in (["teiHeader", "standOff", "text"], ["teiHeader", "text"])
    ids = [e.get(ID) for e in corpus.iter() if e.get(ID)]
    assert len(ids) == len(set(ids))


def test_a_source_that_was_done_before_counts_as_done(looked_at: Small, tmp_path: Path) -> None:
    choose(looked_at.db)
    (tmp_path / "part").mkdir()
    work = Unfinished(tmp_path / "part", "", {"th-test": 4})
    told: list[tuple[int, int]] = []
    corpora.write(looked_at.db, "tei", "Corpus", tmp_path / "out", work, "all", lambda *at: told.append(at))
    assert told == [(4, 4)]


def test_a_folder_of_texts_that_has_its_name_but_was_not_noted_as_done_is_made_again(
    looked_at: Small, tmp_path: Path
) -> None:
    export(looked_at.db, looked_at.warc, Wanted("text"), tmp_path / "whole")
    choose(looked_at.db)
    shutil.copytree(tmp_path / "whole", tmp_path / "part")
    work = Unfinished(tmp_path / "part", "", {})
    corpora.write(looked_at.db, "text", "Corpus", tmp_path / "out", work, "unreserved", lambda *at: None)
    whole, out = tmp_path / "whole" / "th-test", tmp_path / "out" / "th-test"
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {
        p.name: p.read_bytes() for p in whole.iterdir()
    }


def test_control_characters_cannot_break_the_xml(filled: Small, tmp_path: Path) -> None:
    filled.db.execute("UPDATE versions SET text = 'a\x0bb' || char(65534) || '<&>' WHERE number = 1")
    filled.db.execute("UPDATE releases SET versions = 1")
    etree.parse(_made(filled, "tei", tmp_path) / "th-test.xml")


def test_standoff_beside_plain_text_counts_in_the_file(looked_at: Small, tmp_path: Path) -> None:
    folder = _made(looked_at, "text", tmp_path) / "th-test"
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["id"] for row in csv.DictReader(file)]
    assert sorted(path.stem for path in folder.glob("*.txt")) == sorted(listed)
    count = 0
    for path in folder.glob("*.txt"):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        for line in path.with_suffix(".ann").read_text("utf-8").splitlines():
            key, said, rest = line.split("\t")
            if key.startswith("T"):
                _, start, end = said.split(" ")
                assert text[int(start) : int(end)].replace("\n", " ") == rest
                count += 1
    assert count > 10


def test_entities_are_of_the_model_and_their_references_lead_somewhere(
    looked_at: Small, tmp_path: Path
) -> None:
    told = [json.loads(line) for line in _made(looked_at, "ftm", tmp_path).read_text("utf-8").splitlines()]
    ids = {said["id"] for said in told}
    assert {said["schema"] for said in told} >= {
        "PublicBody",
        "Person",
        "Occupancy",
        "Article",
        "Documentation",
    }
    for said in told:
        properties = MODEL[said["schema"]].split()
        held = said["properties"]
        assert held.keys() <= {name.rstrip("!") for name in properties}, said
        assert {name.rstrip("!") for name in properties if name.endswith("!")} <= held.keys(), said
        assert all(isinstance(value, str) and value for values in held.values() for value in values)
        assert all(value in ids for name in LINKS & held.keys() for value in held[name]), said


def test_empty_values_of_an_entity_are_left_out() -> None:
    assert entity("Person", "a", name="A", wikidataId=None, notes=[]) == {
        "id": "a", "schema": "Person", "properties": {"name": ["A"]},
    }  # fmt: skip


@pytest.mark.parametrize("form", ["tei", "text", "ftm"])
def test_texts_whose_pages_reserve_mining_are_left_out(filled: Small, tmp_path: Path, form: Format) -> None:
    filled.db.execute("UPDATE captures SET tdm_reservation = 1 WHERE url LIKE '%/4'")
    out = _made(filled, form, tmp_path)
    files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
    told = "\n".join(path.read_text("utf-8") for path in files)
    assert "2,3 Millionen" not in told
    assert "Bahnhofstraße" in told


def test_json_ld_says_what_is_known_and_cannot_leave_its_script(looked_at: Small) -> None:
    [row] = looked_at.db.query("SELECT * FROM releases WHERE url LIKE '%/1'")
    said = jsonld(
        row | {"title": "</script><b>"}, "https://archive.example/m/1", [("district", "Gotha", "16067")]
    )
    assert said["datePublished"] == "2026-02-27"
    assert said["isBasedOn"] == row["url"]
    assert said["mentions"] == [
        {
            "@type": "AdministrativeArea",
            "name": "Gotha",
            "identifier": {"@type": "PropertyValue", "propertyID": "AGS", "value": "16067"},
        }
    ]
    assert "dateModified" not in said
    assert "<" not in script(said)
    assert json.loads(script(said)) == said
