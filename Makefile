# `make run` and `make test` set up what they need; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
PYTHONS ?= python3.11 python3.12 python3.13

.PHONY: help setup run test check docs format train weights benchmark clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## Make .venv with extract and its tools in it; nothing if it is up to date

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "extract needs Python 3.11 or later; try: make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: setup ## Read the documents of seeds/ and write their records to output/
	$(BIN)/extract run seeds/ --output output/

test: setup ## Run the tests
	$(BIN)/python -m pytest

check: setup ## Format, lint, types, layers, rules, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/biome lint --error-on-warnings src/extract/outputs/page/assets/page.js src/extract/outputs/page/assets/page.css
	$(BIN)/extract rules lint
	$(MAKE) docs test

docs: setup ## Build the pages of docs/ as a site, in site/
	$(BIN)/zensical build --strict

dist: setup ## Build wheel and sdist, and try both outside the checkout with every Python there is: make dist PYTHONS="python3.11 python3.13"
	rm -rf dist
	$(BIN)/python -m pip install --quiet --disable-pip-version-check build
	$(BIN)/python -m build --outdir dist >/dev/null
	for python in $(PYTHONS); do $$python -c '' 2>/dev/null || continue; \
	  for package in dist/*; do .ci/try $$python $$package || exit 1; done; done

format: setup ## Put the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

weights: setup ## Learn the weights of figures and tables: make weights SOURCES=folder-of-corpora-and-pages (training/data/README.md)
	@test -n "$(SOURCES)" || { echo "usage: make weights SOURCES=folder (training/data/README.md)"; exit 2; }
	$(BIN)/extract train --anew $(addprefix --gold ,tests/data/figures.jsonl tests/gold/seeds tests/gold/dev tests/gold/world \
	  $(sort $(wildcard training/data/figures/*.jsonl)) training/data/elsewhere.jsonl training/data/without.jsonl \
	  $(sort $(wildcard training/data/tables/*.txt tests/data/placed/*.txt))) \
	  --sources "$(SOURCES)" --output src/extract/weights

train: setup ## Train the shipped model: make train DATA=folders WORDS=file
	@test -n "$(DATA)" -a -n "$(WORDS)" || { echo "usage: make train DATA='folders of corpora' WORDS=words.npz (docs/names.md)"; exit 2; }
	$(BIN)/python -m extract.training --data $(DATA) training/data/names --words $(WORDS) --output src/extract/model

benchmark: setup ## Measure speed, as ratios
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[benchmark]'
	for bench in benchmarks/*.py; do $(BIN)/python $$bench; done

clean: ## Remove .venv and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
