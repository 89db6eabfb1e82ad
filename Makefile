# Every target says what it does: `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# Compiled modules are kept: each of the many processes that the tests start would compile them again.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?= 8501

.PHONY: help setup browser demo test test-fast golden pictures new-rule new-feature coverage check format docs bench bench-worlds bench-choices bench-report bench-screens profile lock sbom bundle bundle-test release verify-release clean

help: ## list the targets
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(STAMP) ## make the environment in .venv from requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("fundwatch needs Python 3.11 or newer; say which with: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

browser: ## install Debian's Chromium and a CJK font where that is allowed
	@bash tests/install_browser.sh

demo: setup ## a simulated city, the main job, and the dashboard on localhost (PORT=8501)
	$(BIN)/fundwatch demo --out demo --port $(PORT)

test: setup browser ## every test; says plainly what was left out
	POLARS_MAX_THREADS=1 $(BIN)/python -m pytest -n 2

test-fast: setup ## units and cards only
	POLARS_MAX_THREADS=1 $(BIN)/python -m pytest -n 2 -m "not slow and not browser and not real_data"

golden: setup ## write the golden files again, after a change that is meant to move them
	PYTHONPATH=tests $(BIN)/python tests/golden/write.py

# WORKSPACE=DIR is a finished run to take pictures of, in place of a small simulated city.
WORKSPACE ?=

pictures: setup browser ## every page in both languages in build/pictures, and small ones for README and manual (WORKSPACE=DIR)
	PYTHONPATH=tests $(BIN)/python tests/pictures/take.py $(if $(WORKSPACE),--workspace "$(WORKSPACE)")

new-rule: setup ## start a rule from a template: make new-rule NAME=zero_amount FAMILY=data_quality
	$(BIN)/python tests/scaffold/scaffold.py rule "$(NAME)" "$(FAMILY)"

new-feature: setup ## start a feature: make new-feature NAME=weekend_share THEME=visits ENTITY=person
	$(BIN)/python tests/scaffold/scaffold.py feature "$(NAME)" "$(THEME)" "$(ENTITY)"

coverage: setup browser ## every test, measured by line and branch; fails below the floor in pyproject.toml
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered --cov-report=html:build/coverage

check: setup ## format, lint, types, imports, dependencies, spelling: all of them, then how many failed
	@failed=0; total=0; \
	for step in "ruff format --check ." "ruff check ." mypy lint-imports "deptry ." codespell; do \
	  total=$$((total + 1)); echo "== $$step"; $(BIN)/$$step || failed=$$((failed + 1)); \
	done; \
	if [ $$failed -gt 0 ]; then echo "$$failed of $$total checks failed"; exit 1; fi; \
	echo "$$total of $$total checks passed"

format: setup ## put the code in shape
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

docs: setup ## the documentation as a site in build/site (to search it: python -m http.server -d build/site)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict --site-dir build/site

# How many damages of a small export are tried, and which.
DAMAGES ?= 100
SEED ?= 1

bench: setup ## damaged exports; clean cities repriced; alerts and risks on simulated cities; ADBench if present; speed and memory at 2M settlements
	PYTHONPATH=tests $(BIN)/python tests/bench/damages.py --damages $(DAMAGES) --seed $(SEED)
	$(BIN)/python tests/bench/clean.py
	$(BIN)/python tests/bench/worlds.py --results bench/cities --scenes first --seeds 21 --persons 20000
	$(BIN)/python tests/bench/worlds.py --results bench/cities --scenes second --seeds 21 --persons 20000
	$(BIN)/python tests/bench/worlds_summary.py --results bench/cities
	$(BIN)/python tests/bench/adbench.py
	$(BIN)/python tests/bench/speed.py

# WORLD is the folder of another author's world; RESULTS keeps finished cities, so that a stopped bench goes on.
WORLD ?=
RESULTS ?= bench/worlds

bench-worlds: setup ## own cities, and those of WORLD=DIR, never used for choosing: resumable, kept in RESULTS
	$(BIN)/python tests/bench/worlds.py --results $(RESULTS) --scenes first --seeds 9041 9042 --persons 20000
	$(BIN)/python tests/bench/worlds.py --results $(RESULTS) --scenes second --seeds 9041 9042 --persons 20000
	$(BIN)/python tests/bench/worlds.py --results $(RESULTS) --seeds 9041 --no-fraud
	$(if $(WORLD),$(BIN)/python tests/bench/worlds.py --results $(RESULTS) --world $(WORLD) --seeds 11 12)
	$(if $(WORLD),$(BIN)/python tests/bench/worlds.py --results $(RESULTS) --world $(WORLD) --seeds 13 --no-fraud)
	$(BIN)/python tests/bench/worlds_summary.py --results $(RESULTS) --ablation

bench-choices: setup ## what would be chosen with one author left out, and the sensitivity, on the cities in RESULTS
	$(BIN)/python tests/bench/leave_out.py --results $(RESULTS)

bench-report: setup ## the reported seeds of WORLD=DIR, once
	$(BIN)/python tests/bench/worlds.py --results $(RESULTS)-report --world $(WORLD) --seeds 61 62 63 64 65
	$(BIN)/python tests/bench/worlds_summary.py --results $(RESULTS)-report --ablation

# How many alerts the store of bench-screens has.
ALERTS ?= 100000

bench-screens: setup browser ## how long pages and filters take on a store of ALERTS=100000 alerts, in a browser on an idle machine
	PYTHONPATH=tests $(BIN)/python tests/bench/screens.py --alerts $(ALERTS)

# The size of the city of profile, or DATA=DIR of a city that is there.
PERSONS ?= 115000
DATA ?=

profile: setup ## one run with what it uses by step, detector and line, at 2M settlements (PERSONS=115000, DATA=DIR)
	$(BIN)/python tests/bench/profile_run.py $(if $(DATA),--data "$(DATA)",--persons $(PERSONS)) --stacks build/stacks.txt

# uv writes the locks; it is no part of the environment: python3 -m pip install uv, or UV=PATH.
UV ?= uv
COMPILE := pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

lock: ## write both locks again after a change of pyproject.toml: everything, and what a running fundwatch needs (UV=uv)
	$(UV) $(COMPILE) --extra dev --output-file requirements.lock
	$(UV) $(COMPILE) --constraint requirements.lock --output-file requirements-runtime.lock

# Where a release is made, and the fonts with Chinese characters that go with it (of the package fonts-noto-cjk).
OUT ?= build/release
FONTS ?= /usr/share/fonts/opentype/noto
FONTS_LICENSE ?= /usr/share/doc/fonts-noto-cjk/copyright
KEY ?=
PUBLIC ?=
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
PARTS := build/parts

$(PARTS): setup
	rm -rf $(PARTS)/own && mkdir -p $(PARTS)/own $(PARTS)/wheels
	$(BIN)/python -m hatchling build -d $(PARTS)/own
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
	  -r requirements-runtime.lock -d $(PARTS)/wheels
.PHONY: $(PARTS)

sbom: $(PARTS) ## the bill of materials: every package that an installation has, as CycloneDX
	@mkdir -p $(OUT)
	$(BIN)/python -m release sbom --own $(PARTS)/own --wheels $(PARTS)/wheels --out $(OUT)/sbom.cdx.json

bundle: $(PARTS) ## one archive that installs without network: wheels, fonts, sums, services, manual (OUT, FONTS, FONTS_LICENSE)
	@mkdir -p $(OUT)
	$(BIN)/python -m release bundle --own $(PARTS)/own --wheels $(PARTS)/wheels --out $(OUT) \
	  $(if $(FONTS),--fonts $(FONTS) --fonts-license $(FONTS_LICENSE))

bundle-test: ## install the bundle of OUT with the network cut off, and run it there (WITH_NETWORK=1: not cut off)
	bash tests/bench/offline.sh $(OUT) $(BIN)/python $(if $(WITH_NETWORK),with-network)

release: ## archive of the source, wheel, bundle, bill of materials, sums, signed with KEY=FILE
	@test -n "$(KEY)" || { echo "name the publisher's key: make release KEY=FILE (docs/operating.md)"; exit 1; }
	@$(MAKE) --no-print-directory setup && $(BIN)/python -m release key --key "$(KEY)"
	rm -rf $(OUT)
	@$(MAKE) --no-print-directory bundle sbom
	cp $(PARTS)/own/* $(OUT)/ && rm -rf $(OUT)/*-bundle
	$(BIN)/python -m release sign --folder $(OUT) --key "$(KEY)"

verify-release: ## compare a release with its signature: PUBLIC=FILE OUT=DIR
	@test -n "$(PUBLIC)" || { echo "name the publisher's public key: make verify-release PUBLIC=FILE"; exit 1; }
	$(BIN)/python -m release verify --folder $(OUT) --public "$(PUBLIC)"

clean: ## remove the environment, the demo, built pages and caches
	rm -rf $(VENV) demo bench build .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
