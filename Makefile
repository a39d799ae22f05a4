# One set of recipes for laptop, pre-commit and CI. Needs Python >= 3.11 and make; the rest is
# installed into .venv (and, for tests, tests/node_modules and sandbox/page/node_modules).

PYTHON ?= python3
# Two processes pay on two cores; `make test WORKERS=0` runs the tests in this one.
WORKERS ?= 2
PYTEST_ARGS ?=
FUZZ_REQUESTS ?= 100000
FUZZ_SEED ?= 7
RELEASE ?= HEAD
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TOOLS := $(VENV)/tools/bin
COMPILE = $(TOOLS)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --upgrade

.DEFAULT_GOAL := help
# Otherwise PORT=4000 would also reach the bot, whose own PORT it is.
unexport PORT
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test check lint types architecture format bench bench-large chaos fuzz audit sbom secrets keep-release lock page screenshots tools clean

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## Opens the bot beside a local stand-in for Slack (PORT=4000 moves it)
	$(BIN)/pacesetter demo $(if $(PORT),--port $(PORT))

test: tools check ## Installs what tests need, runs all checks and tests
	$(BIN)/python -m pytest -n $(WORKERS) --no-fold-skipped $(PYTEST_ARGS)

check: lint types architecture ## Lint, types, architecture (seconds)

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

architecture: $(VENV)/.dev ## import-linter's contracts
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Puts the code into its one form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: tools ## Benchmarks: a table, and a list in BENCH_JSON=FILE
	$(BIN)/python -m benchmarks

chaos: tools ## Kills webs, workers and PostgreSQL for minutes (CHAOS="seed=7 kills=50" changes it)
	$(BIN)/python -m tests.end_to_end.chaos $(CHAOS)

bench-large: tools ## Planning at 90 million rows: 28 GB in TMPDIR, the better part of an hour
	BENCH_LARGE=1 $(BIN)/python -m benchmarks.planning

fuzz: tools ## Sends 100,000 mutated requests (FUZZ_REQUESTS=…, FUZZ_SEED=…)
	FUZZ_REQUESTS=$(FUZZ_REQUESTS) FUZZ_SEED=$(FUZZ_SEED) $(BIN)/python -m pytest tests/safety/test_fuzz.py

audit: $(VENV)/.tools ## Looks the pinned versions up among known weaknesses, and says which it couldn't
	$(TOOLS)/pip-audit --disable-pip --require-hashes -r requirements.lock

sbom: $(VENV)/.tools ## Writes sbom.json, the list of what is installed (CycloneDX)
	$(TOOLS)/cyclonedx-py requirements requirements.lock --of JSON -o sbom.json

secrets: $(VENV)/.tools ## Refuses what looks like a secret, but for what tests make up
	git ls-files -z | xargs -0 $(TOOLS)/detect-secrets-hook --baseline .secrets.baseline

keep-release: ## Keeps the code of RELEASE (a commit) for the test of the release after it
	rm -f tests/releases/*.tar.xz
	git archive $(RELEASE) bot handlers jobs migrations | xz -9e \
		> tests/releases/$$(git ls-tree --name-only $(RELEASE) migrations/versions/ \
		| sed -n 's|.*/v\([0-9]*\)_.*|\1|p' | tail -1).tar.xz

lock: $(VENV)/.tools ## Pins the newest versions that pyproject.toml allows
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --group tools --output-file requirements-tools.lock

page: sandbox/page/node_modules/.package-lock.json ## Builds the sandbox's page anew (needs Node.js)
	cd sandbox/page && npm run --silent types && npm run --silent build

screenshots: tools ## Takes the README's screenshots from the demo (needs Chromium)
	$(BIN)/python -m tests.screenshots

clean: ## Removes everything that make made
	rm -rf $(VENV) build dist *.egg-info tests/node_modules sandbox/page/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed, each with a stamp that is older than its lock when it has to be renewed.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Pacesetter needs Python 3.11 or newer: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo 'No venv in this Python. On Debian: apt-get install python3-venv' >&2; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.tools: requirements-tools.lock | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/tools
	$(TOOLS)/python -m pip --disable-pip-version-check --quiet install --require-hashes \
		-r requirements-tools.lock
	@touch $@

tools: $(VENV)/.dev # What tests and benchmarks use of the machine beyond Python
	@tests/install-tools postgresql node page chromium

sandbox/page/node_modules/.package-lock.json: sandbox/page/package-lock.json
	cd sandbox/page && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
