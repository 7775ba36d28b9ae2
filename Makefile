# Everything a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
LOCK := requirements.lock

.PHONY: translations run test check lint quality format build env demo lock audit sbom clean help

help:
	@echo "make run    environment, demo corpus, build, site on http://127.0.0.1:$(PORT)"
	@echo "make test   environment, all tests that need no system package"
	@echo "make check  format, lint and types, then the tests"
	@echo "make clean  remove the environment and everything built"

run: build
	$(BIN)/kb serve --port $(PORT)

build: env
	$(BIN)/kb build

test: env
	$(BIN)/python -m pytest -rs -m "not shared"

check: lint
	$(BIN)/python -m pytest -rs

lint: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m scripts.house --check
	$(BIN)/mypy

format: env
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Figures on a shared corpus that may lie beside the project; see docs/quality.md.
quality: env
	$(BIN)/python scripts/quality.py ../shared

# After a text of the site changed: gather, merge and compile; then translate what is new in the .po file.
translations: env
	$(BIN)/pybabel -q extract -F web/babel.cfg -k _l --sort-output --no-location --no-wrap -o .messages.pot web
	$(BIN)/pybabel -q update -i .messages.pot -d web/translations -l en --no-wrap --no-fuzzy-matching --ignore-obsolete
	$(BIN)/pybabel -q compile -d web/translations
	rm .messages.pot

demo: env
	$(BIN)/python -m scripts.make_demo_corpus

env: $(VENV)/.ready

$(VENV)/.ready: $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kb needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module here. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing some $$(grep -c "==" $(LOCK)) packages into $(VENV): one to three minutes, once."
	@$(BIN)/python -m pip install --quiet --progress-bar on --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Write the lock file anew from pyproject.toml, for every Python and platform at once.
lock: env
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --extra dev --output-file $(LOCK) pyproject.toml

# Known weaknesses of the locked packages, where their data can be reached; and what is in the house.
audit: env
	$(BIN)/uv tool run pip-audit==2.10.1 -r $(LOCK) --require-hashes --no-deps --disable-pip

sbom: env
	$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements $(LOCK) -o sbom.json

clean:
	rm -rf $(VENV) sbom.json build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find index -mindepth 1 -not -name README.md -delete
