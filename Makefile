# Everything one needs: `make` lists it. Each target makes its own .venv on a machine that has python3 and make.

PYTHON ?= python3
BIN := .venv/bin
CODE := eternal tests bench
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help play test check format prove bench torture words saves pictures wheel clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

play: .venv/.play  ## play the game
	@$(BIN)/eternal $(ARGS)

test: .venv/.dev  ## run the tests
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: .venv/.dev  ## lint, types, import contracts, dead code, spelling, and the shipped story
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache > .venv/imports.log || { cat .venv/imports.log; exit 1; }
	@$(BIN)/vulture
	@$(BIN)/codespell README.md CONTRIBUTING.md CHANGELOG.md docs eternal story bench tests
	@$(BIN)/eternal check
	@echo "check: all is well"

format: .venv/.dev  ## format the code
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

prove: .venv/.dev  ## settle all that the shipped story claims: half a minute; the tests do it with fewer states
	@$(BIN)/eternal prove --settled --jobs 2 $(ARGS)

bench: .venv/.dev  ## measure: medians and ratios within one run
	@$(BIN)/python -m bench $(ARGS)

torture: .venv/.dev  ## the long trials of saves and of windows, with their figures
	@$(BIN)/python -m tests.torture $(ARGS)

words: .venv/.dev  ## collect the interface's words for translators
	@$(BIN)/python -m eternal.author.locale.interface

saves: .venv/.dev  ## record saves/ anew, one night for each ending
	@$(BIN)/python -m tests.record $(ARGS)

pictures: .venv/.dev  ## draw the README's pictures anew, from the recorded nights
	@$(BIN)/python -m tests.pictures

wheel: .venv/.dev  ## build the wheel
	@$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --wheel-dir dist .

clean:  ## take away what was made
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/.play: .venv/bin/python pyproject.toml constraints.txt
	@echo "Preparing the game (once) …"
	@$(PIP) --editable .
	@touch $@

.venv/.dev: .venv/bin/python pyproject.toml constraints.txt
	@echo "Preparing the tools (once) …"
	@$(PIP) --editable '.[dev]'
	@touch $@ .venv/.play
