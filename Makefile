# The two commands a newcomer needs are `make run` and `make test`; both set up what is missing.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench train lock audit docs picture serve clean

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: $(STAMP)  ## Make .venv with the versions of constraints.txt (about 1.3 GB)

# Every file that is installed has the hash that .ci/requirements.txt gives; nothing else comes in.
$(STAMP): pyproject.toml constraints.txt .ci/requirements.txt
	@echo "Setting up $(VENV): a few minutes, once."
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11, 3.12 or 3.13 is needed; try: make PYTHON=python3.12 …") if not (3, 11) <= sys.version_info[:2] <= (3, 13) else None'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --no-deps --require-hashes -r .ci/requirements.txt 2> $(VENV)/pip.log || (cat $(VENV)/pip.log; exit 1)
	@$(PIP) --no-deps --no-build-isolation -e . 2>> $(VENV)/pip.log || (cat $(VENV)/pip.log; exit 1)
	@touch $@

run: $(STAMP)  ## The main job on the sample newsroom, offline: ends with a published warehouse
	@$(BIN)/communique run --sample

test: $(STAMP)  ## All tests
	@$(BIN)/pytest $(ARGS)

lint: $(STAMP)  ## ruff, mypy --strict, sqlfluff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/sqlfluff lint -p 2 dbt_project

bench: $(STAMP)  ## Speed, memory and disk as ratios within one run: docs/bench.md (make bench ARGS=--quick)
	@$(BIN)/python -m tests.bench $(ARGS)

train: $(STAMP)  ## Train the small models again: make train DATA=folder with the training sets
	@$(BIN)/python -m flows.language.training $(DATA) && $(BIN)/python -m flows.event_training $(DATA)

lock:  ## Write .ci/requirements.txt again after a change of constraints.txt (asks the registry for hashes)
	@$(PYTHON) -m venv --clear .venv-lock && .venv-lock/bin/pip install --quiet pip-tools
	@echo '# The versions of constraints.txt with the hash of every file that may be installed for them; written by `make lock`.' > .ci/requirements.txt
	@.venv-lock/bin/pip-compile --quiet --generate-hashes --no-header --no-annotate --no-emit-options --allow-unsafe --strip-extras -o - constraints.txt >> .ci/requirements.txt
	@rm -rf .venv-lock

audit: $(STAMP)  ## Ask for known weaknesses of every version in .ci/requirements.txt (needs the network)
	@$(BIN)/python -m tests.real.audit

docs: $(STAMP)  ## Data dictionary, cookbook and dbt's pages from the last build: docs/ and the site in data/site
	@$(BIN)/python -m flows.publish.site

picture: $(STAMP)  ## docs/report.png, the picture in the README, from the last release (needs Chromium)
	@$(BIN)/python -m tests.real.picture

serve: $(STAMP)  ## Serve the sample newsroom on this machine, to look at it
	@$(BIN)/python -m flows.newsroom

clean:  ## Remove everything that a run made (not what was fetched)
	@rm -rf data/cache data/language.duckdb* data/warehouse.* data/published data/site data/spool
