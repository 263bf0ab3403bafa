"""The wheel holds everything: installed into an empty environment it does the main job elsewhere."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    pip = (folder / "env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements-run.lock", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    return folder / "env/bin/pressearchiv"


def test_it_crawls_builds_and_verifies_outside_the_checkout(program: Path, tmp_path: Path) -> None:
    first = run(program, "demo", "--no-serve", "--free-ports", "--workers", "1", cwd=tmp_path)
    assert "releases" in first
    assert (tmp_path / "archive.db").exists()
    assert "all agree" in run(program, "verify", cwd=tmp_path)


def test_it_knows_its_sources_and_reference_tables(program: Path, tmp_path: Path) -> None:
    assert "th-tmasgff" in run(program, "sources", "list", "--json", cwd=tmp_path)
    (tmp_path / "text.txt").write_text("Heike Werner besuchte am 19. März den Kyffhäuserkreis.", "utf-8")
    found = run(program, "extract", "text.txt", "--published", "2018-03-28", cwd=tmp_path)
    assert '"16065"' in found
    assert '"2018-03-19"' in found
