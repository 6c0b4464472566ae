# Everything a checkout needs is made here, from Python 3.11 on: uv (privately, where there is
# none), .venv and the locked dependencies in it.

UV_VERSION := 0.13.9
PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
STAMP := .venv/.set-up

# A uv that is on the path but does not run (a version manager's stand-in) is none.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)
PRIVATE_UV := $(filter .uv/bin/uv,$(UV))

CLIENTS := $(addsuffix /.set-up,$(addprefix .clients/,orq-3.4.0 orq-4.17.13 node))

.PHONY: setup run test conformance-clients lint bench clean

setup: $(STAMP)

run: setup
	$(BIN)/sessionary serve --sample $(ARGS)

# Tests go to whichever worker is free: a module's servers are cheap beside its slowest test.
test: setup conformance-clients
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

# The clients that tests/conformance drives, as their registries have them.
conformance-clients: $(CLIENTS)

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

bench: setup
	$(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf .venv .uv .clients .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml uv.lock $(PRIVATE_UV)
	$(UV) sync --frozen --no-python-downloads
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
