"""The documentation says what is there: commands, options, links, dependencies and generated pages."""

import importlib.util
import re
import tomllib
from pathlib import Path

import click
import pytest

from cli.main import VERBS, pressearchiv

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("reference/*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
CALL = re.compile(r"(?:^|[`$&] ?|[A-Z_]+=\S+ )pressearchiv ([a-z]+)([^`\n]*)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def command(verb: str) -> click.Command:
    found = pressearchiv.get_command(click.Context(pressearchiv), verb)
    assert found is not None, verb
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_and_option_named_exists(page: Path) -> None:
    for verb, rest in CALL.findall(page.read_text("utf-8")):
        assert verb in VERBS, f"{page.name}: pressearchiv {verb}"
        found = command(verb)
        words = rest.split()
        if isinstance(found, click.Group) and words and not words[0].startswith("-"):
            inner = found.get_command(click.Context(found), words[0])
            assert inner is not None, f"{page.name}: pressearchiv {verb} {words[0]}"
            found = inner
        known = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)}
        named = set(re.findall(r"--[a-z-]+", rest)) - {"--help"}
        assert named <= known, f"{page.name}: pressearchiv {verb} has no {named - known}"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str) -> None:
    text = command(verb).help or ""
    assert len(text.split()) > 10
    for parameter in command(verb).params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{verb} {parameter.name}"


def test_every_dependency_is_explained() -> None:
    wanted = [
        *PROJECT["dependencies"],
        *(d for group in PROJECT["optional-dependencies"].values() for d in group),
    ]
    names = {re.split(r"[\[<>=]", wish)[0] for wish in wanted} - {PROJECT["name"]}
    text = (ROOT / "docs/dependencies.md").read_text("utf-8")
    assert [name for name in sorted(names) if name not in text] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-run.lock"])
def test_the_lock_pins_everything_with_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"https?://|--index|--find-links|--extra-index", text)
    pinned = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    names = {re.split(r"[\[<>=]", wish)[0].replace("_", "-") for wish in PROJECT["dependencies"]}
    assert names <= set(pinned)


def test_generated_pages_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    for name, page in generate.PAGES.items():
        assert (ROOT / "docs" / name).read_text("utf-8") == page(), "run `python docs/generate.py`"
