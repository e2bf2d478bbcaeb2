# Each target sets up what it needs in .venv; nothing but Python 3.11+ and make has to be there.
PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	--only-binary :all:

.PHONY: run test coverage check chaos format lint types pins audit clean

run: .venv/runtime  ## the bot if TELEGRAM_TOKEN is set, else a chat with it in the browser
	@$(BIN)/python -m bot

test: .venv/dev  ## every test; those of the page need Debian's chromium and are skipped without
	$(BIN)/python -m pytest -n auto

coverage: .venv/dev  ## every test, and every branch of the code has to be run by one
	$(BIN)/python -m pytest -n auto --cov --cov-report=
	$(BIN)/python -m coverage report --fail-under=100

check: lint types coverage  ## what must be clean before a commit

chaos: .venv/dev  ## 2 minutes of kills and refusals; needs the tests' PostgreSQL
	$(BIN)/python -m benchmarks.reliability chaos --store postgresql --mode webhook

format: .venv/dev  ## rewrites the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/dev
	$(BIN)/mypy

pins: .venv/dev  ## writes both requirements files anew from pyproject.toml
	$(BIN)/uv pip compile $(PIN_FLAGS) --extra dev pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile $(PIN_FLAGS) -c requirements-dev.txt pyproject.toml -o requirements.txt

audit: .venv/dev  ## looks the pins up among known vulnerabilities; needs the index's service for it
	$(BIN)/pip-audit --requirement requirements.txt --require-hashes --disable-pip

PIN_FLAGS := --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras

.venv/runtime: requirements.txt
	$(PYTHON) -m venv .venv
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
