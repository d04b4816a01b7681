# Every target sets up what it needs on a bare Debian or Ubuntu: system packages, .venv, pinned packages.
# Each clone keeps to itself: its own .venv, its own homes under build/, free ports.

SHELL := /bin/bash
PYTHON := .venv/bin/python
HOME_DIR ?= $(HOME)/muniment

.PHONY: help setup setup-runtime demo quick test run bench fmt clean lock
.DEFAULT_GOAL := help

help:  ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup:  ## everything that running and checking need
	@.ci/setup.sh dev

setup-runtime:
	@.ci/setup.sh runtime

demo: setup-runtime  ## the main job on sample scans, in a fresh home
	@$(PYTHON) -m tests.demo --home build/demo

run: setup-runtime  ## an archive home in ~/muniment (HOME_DIR=...), until Ctrl-C
	@test -f "$(HOME_DIR)/settings.toml" || $(PYTHON) -m muniment init --home "$(HOME_DIR)"
	@exec $(PYTHON) -m muniment run --home "$(HOME_DIR)"

quick: setup  ## format, lint, types, import contracts, unit tests: under a minute
	@.ci/checks quick

test: setup  ## every check and every test
	@.ci/checks all

bench: setup  ## the benchmarks, one JSON line each
	@$(PYTHON) -m tests.bench.bench

fmt: setup  ## put the code into its format
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .

lock:  ## pin the newest versions that pyproject.toml allows (needs uv)
	@.ci/lock

clean:  ## remove what was made, .venv too
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
