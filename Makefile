# Everything is installed into .venv (and .venv-3.9 where there is a Python 3.9); nothing elsewhere, but for a Chromium where there is none.
PYTHON ?= python3
BIN := .venv/bin
OLDEST := .venv-3.9/bin
BUNDLE := tgwidget/static/widget.js
NODE_MODULES := js/node_modules/.stamp
DEMO := .venv/demo.stamp
DEV := .venv/dev.stamp
DEV_OLDEST := .venv-3.9/dev.stamp

# A pyenv shim answers to its name without having the version: whoever is asked must run.
ifeq ($(origin PYTHON39), undefined)
PYTHON39 := $(firstword $(shell for python in python3.9 "$$HOME"/.pyenv/versions/3.9*/bin/python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 9))' 2>/dev/null && echo "$$python"; done))
endif

# pip finds the bundle built. Left to itself, an editable install calls npm each time, also when nothing changed.
$(DEMO) $(DEV) $(DEV_OLDEST): export HATCH_JUPYTER_BUILDER_SKIP_NPM = 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test bench lint build clean test-js test-oldest test-python chromium

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

demo: $(DEMO) ## a live Dask computation in JupyterLab; HEADLESS=1: in the terminal
	$(BIN)/tgwidget demo$(if $(filter-out 0,$(HEADLESS)), --headless)

test: lint test-js test-oldest test-python ## everything that must hold before a change goes in

lint: $(DEV) $(if $(PYTHON39),$(DEV_OLDEST)) ## ruff, biome, TypeScript, mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd js && npm run --silent check
	$(if $(PYTHON39),$(OLDEST)/python -m mypy,$(BIN)/python -m mypy --python-version 3.10)

test-js: $(NODE_MODULES) ## the front end alone
	cd js && npm test --silent

test-oldest: $(if $(PYTHON39),$(DEV_OLDEST)) ## the data path on the oldest distributed
ifdef PYTHON39
	$(OLDEST)/python -m pytest -q -m "not toolchain" tests/unit tests/cluster
else
	@echo "No Python 3.9 was found: the data path is not tested on distributed 2021.10.0."
endif

test-python: $(DEV) chromium ## Python: units, the package, clusters, browsers
	$(BIN)/python -m pytest

bench: $(DEV) chromium ## measurements, side by side with the peers'
	$(BIN)/python tests/bench/run.py
	$(if $(wildcard js/bench/run.mjs),cd js && npm run --silent bench)

build: $(BUNDLE) ## the front end's bundle

clean: ## remove all that make has made
	rm -rf .venv .venv-3.9 js/node_modules tgwidget/static dist build out .pytest_cache .mypy_cache .ruff_cache
	find tgwidget tests examples -name __pycache__ -type d -prune -exec rm -rf {} +

chromium: $(DEV)
	@$(BIN)/python tests/browser/chromium.py

$(NODE_MODULES): js/package-lock.json js/package.json
	@node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' 2>/dev/null \
		|| { echo "The front end is built with Node.js 20 or newer, which was not found; install it from https://nodejs.org or with your package manager." >&2; exit 1; }
	cd js && npm ci
	@touch $@

$(BUNDLE): $(NODE_MODULES) js/build.mjs js/bundling.mjs $(shell find js/src -type f)
	cd js && npm run --silent build
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null \
		|| { echo "Python 3.9 or newer is needed; make PYTHON=... names another one than $(PYTHON)." >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(DEMO): pyproject.toml | $(BIN)/python $(BUNDLE)
	$(BIN)/python -m pip install --quiet 'pip>=23' -e '.[demo]'
	@touch $@

$(DEV): pyproject.toml | $(BIN)/python $(BUNDLE)
	$(BIN)/python -m pip install --quiet 'pip>=23' -e '.[dev]'
	@touch $@ $(DEMO)

$(OLDEST)/python:
	$(PYTHON39) -m venv .venv-3.9

$(DEV_OLDEST): pyproject.toml tests/oldest.txt | $(OLDEST)/python $(BUNDLE)
	$(OLDEST)/python -m pip install --quiet 'pip>=23'
	$(OLDEST)/python -m pip install --quiet -r tests/oldest.txt -e .
	@touch $@
