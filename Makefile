# Shutan 蜀碳. `make run` and `make test` are all that a fresh machine with Python 3.11 or newer needs.
# Everything goes into .venv and var/; stamps below .venv keep a second call from doing anything twice.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
INSTALL := $(PIP) install --no-deps --require-hashes
JOBS ?= 2
ARGS ?=

# The first that runs (a pyenv shim may exist and not run), is new enough and can make environments;
# if none can, one that is new enough, for the message below.
PYTHON ?= $(shell for also in ', ensurepip, venv' ''; do for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c "import sys$$also; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $$p && exit; done; done)

# Node and npm of the machine when they are new enough, else those of the wheel in .venv.
NODE_HERE = node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1
WITH_NODE = { $(NODE_HERE) || export PATH="$(CURDIR)/$(BIN):$$PATH"; }
FRONTEND := $(shell find src/shutan/web/frontend -type f 2>/dev/null)
CATALOGUES := $(wildcard src/shutan/web/locale/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench docs pictures lock front messages clean nightly

help:
	@echo "make run       install, build, start with a demonstration on http://localhost:8000 (PORT=… for another)"
	@echo "make test      all tests, browser tests included (ARGS='-k name' for some, JOBS=4 for more processes)"
	@echo "make check     lint, format, types, import contracts, templates, migrations"
	@echo "make setup     only install and build        make bench   compare speed with the references"
	@echo "make docs      write the generated pages     make messages  collect the texts to translate"
	@echo "make lock      pin newer versions            make clean   remove what can be made again (keeps var/)"

# --- installation ---------------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Shutan needs Python 3.11 or newer; on Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make environments; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(BIN)/python
	$(INSTALL) -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(INSTALL) -r $<
	@touch $@

$(VENV)/.shutan: pyproject.toml $(VENV)/.run
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.messages: $(CATALOGUES) $(VENV)/.shutan
	$(BIN)/python -m shutan.web.messages compile
	@touch $@

$(VENV)/.front: package.json package-lock.json $(FRONTEND) $(VENV)/.run
	@$(NODE_HERE) || { echo "No Node 20 with npm here: using the one that comes as a wheel."; \
		$(INSTALL) -r requirements/node.txt; }
	@$(WITH_NODE); npm ci --silent && npm run --silent build
	@touch $@

front: $(if $(wildcard package.json),$(VENV)/.front)

setup: $(VENV)/.shutan $(VENV)/.messages front

# --- use --------------------------------------------------------------------------------------------------

run: setup
	$(BIN)/shutan serve --demo $(if $(PORT),--port $(PORT))

# --- development ------------------------------------------------------------------------------------------

test: $(VENV)/.dev setup
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

# What takes too long for every change: all strangers of the leak tests.
nightly: export SHUTAN_NIGHTLY := 1
nightly: $(VENV)/.dev setup
	$(BIN)/python -m pytest -n $(JOBS) tests/web/test_leaks.py

check: export DJANGO_SETTINGS_MODULE := shutan.web.settings
check: export SHUTAN_DATA_DIR := $(CURDIR)/var/test
check: export SHUTAN_FAST_UNSAFE_DATABASE := 1
check: $(VENV)/.dev setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/yamllint --strict src tests
	$(if $(shell find src -name '*.html'),$(BIN)/djlint src --lint --quiet)
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -W error -m django check
	$(BIN)/python -W error -m django makemigrations --check --dry-run
	$(BIN)/python -m shutan.web.messages check

bench: $(VENV)/.dev setup
	$(INSTALL) -r requirements/bench.txt
	$(BIN)/python -m benchmarks $(ARGS)

docs: setup
	$(BIN)/shutan docs

# Pictures of the README, taken from a running demonstration (`make run` in another window).
pictures: $(VENV)/.dev
	$(BIN)/python docs/images/take.py $(ARGS)

messages: $(VENV)/.dev setup
	$(BIN)/python -m shutan.web.messages update

# Locks without addresses, for every platform by markers. The run lock leads, the others follow its versions.
# `make lock UPGRADE=--upgrade` takes newer versions; without it only what the .in files ask for changes.
UPGRADE ?=
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)
lock: $(BIN)/python
	@command -v uv >/dev/null || test -x $(BIN)/uv || $(PIP) install uv
	export PATH="$$PATH:$(CURDIR)/$(BIN)"; cd requirements && \
		$(LOCK) run.in -o run.txt && $(LOCK) -c run.txt dev.in -o dev.txt && \
		$(LOCK) -c dev.txt bench.in -o bench.txt && $(LOCK) node.in -o node.txt

clean:
	rm -rf $(VENV) node_modules build dist src/shutan/web/static/build
	rm -rf .ruff_cache .mypy_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -delete
