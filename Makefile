# Two commands do everything: `make demo` runs the main job, `make test` passes all checks.
# Both create .venv with the locked dependencies first. PYTHON names the interpreter to build it with.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test browser format unit lock bench messages clean

demo: $(READY)
	$(BIN)/pressearchiv demo $(DEMO)

test: $(READY) browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 3 --dist loadfile

# The browser tests skip where there is no Chromium; where we may install it, we try, and go on without.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || [ "$$(id -u)" != 0 ] || \
		timeout 300 sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium' \
		>/dev/null 2>&1 || true

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

unit: $(READY)
	$(BIN)/pytest -n 3 --dist loadfile -q

bench: $(READY)
	$(BIN)/python -m benchmarks

# New and changed texts of the site into the catalogues of other languages (docs/languages.md).
messages: $(READY)
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword N_ --keyword counted:2,3 \
		--add-location file --no-wrap --output build/messages.pot .
	$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-dir serve/locale \
		--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date

# Needs uv (pip install uv). The lock names no index, so that it works with any.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev --upgrade -o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra serve --constraint requirements.lock -o requirements-run.lock pyproject.toml

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build dist
