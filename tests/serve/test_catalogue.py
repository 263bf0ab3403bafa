"""The catalogues hold every message of the sources, translated, with the same places to fill in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from serve.language import CATALOGUES, GERMAN, LANGUAGES

ROOT = Path(__file__).parents[2]
FOREIGN = sorted(set(LANGUAGES) - {GERMAN})
PLACE = re.compile(r"%\(\w+\)s|%%|\{\d\}|</?\w+[^>]*>|`[^`]*`")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make messages` finds."""
    recipe = (ROOT / "Makefile").read_text("utf-8")
    keywords = re.findall(r"--keyword \S+", recipe)
    found = tmp_path_factory.mktemp("messages") / "messages.pot"
    command = f"-m babel.messages.frontend --quiet extract --mapping pyproject.toml {' '.join(keywords)} -o"
    subprocess.run([sys.executable, *command.split(), str(found), "."], cwd=ROOT, check=True)
    with found.open("rb") as file:
        return read_po(file)


@pytest.fixture(params=FOREIGN)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (CATALOGUES / request.param / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=request.param)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(said: str | list[str] | tuple[str, ...]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def test_the_catalogue_has_the_messages_of_the_sources_and_no_others(
    sources: Catalog, catalogue: Catalog
) -> None:
    wanted, held = ({forms(m.id)[0] for m in messages(some)} for some in (sources, catalogue))
    assert held == wanted, "`make messages` brings the catalogue up to date"


def test_every_message_is_translated_for_certain(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        said = forms(message.string)
        assert all(said), message.id
        assert len(said) == (catalogue.num_plurals if message.pluralizable else 1), message.id
        assert not message.fuzzy, message.id


def test_translations_have_the_places_commands_and_marks_of_the_original(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        wanted = {place for form in forms(message.id) for place in PLACE.findall(form)}
        for form in forms(message.string):
            assert set(PLACE.findall(form)) == wanted, message.id


def test_translations_break_no_attribute(catalogue: Catalog) -> None:
    """Messages stand in attributes, too, where a straight quotation mark would end them."""
    for message in messages(catalogue):
        for form in forms(message.string):
            assert '"' not in re.sub(r"<[^>]*>", "", form), message.id
