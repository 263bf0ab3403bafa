"""The examples of the documentation run against a served archive."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from pressearchiv import Archive

ROOT = Path(__file__).parents[2]
API = (ROOT / "docs" / "api.md").read_text("utf-8")
CLIENT = (ROOT / "docs" / "client.md").read_text("utf-8")
CALLS = re.findall(r"^\$ (curl .+)$", API, re.MULTILINE)
PROGRAMS = re.findall(r"```python\n(.+?)```", API, re.DOTALL)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_of_curl_answers(site: httpx.Client, call: str) -> None:
    *options, address = shlex.split(call)
    assert set(options) <= {"curl", "--location"}
    path = address.removeprefix("$ARCHIVE")
    answer = site.get(path, follow_redirects="--location" in options)
    assert answer.status_code == (400 if "Bayern" in path else 200)
    if "json" in answer.headers["content-type"]:
        assert answer.json()


def test_the_error_shown_is_the_one_that_comes(site: httpx.Client) -> None:
    shown = re.search(r'^\{"type".*$', API, re.MULTILINE)
    assert shown is not None
    said = site.get("/api/v1/releases?land=Bayern").json()
    assert json.loads(shown[0]).keys() == said.keys()
    assert said["detail"].startswith(json.loads(shown[0])["detail"].removesuffix("…"))


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs(site: httpx.Client, program: str) -> None:
    environment = os.environ | {"ARCHIVE": str(site.base_url).rstrip("/")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    with Archive(str(site.base_url)) as archive:
        total = archive.amounts(jurisdiction="DE-TH")["value_max"].sum()
    assert done.stdout == f"{total:,.0f} euros\n"


def test_what_the_page_of_the_client_shows_runs(
    archive_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [program] = re.findall(r"```python\n(.+?)```", CLIENT, re.DOTALL)
    (tmp_path / "archive.db").write_bytes(archive_file.read_bytes())
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(program, "client.md", "exec"), names)
    assert isinstance(names["archive"], Archive)
    names["archive"].close()
