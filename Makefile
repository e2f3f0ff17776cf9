# make demo | test | tour-check | readme-pictures | lint | bench | torture: each sets up what it needs first.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Each file's tests run in one process, one after the other: they share its servers.
PARALLEL := -n 4 --dist loadfile --no-loadscope-reorder

.PHONY: demo test tour-check readme-pictures lint bench torture clean

# With SCENARIO=portfolio it begins with that data; see `python -m app.demo list`.
demo: $(VENV)/.run
	$(if $(SCENARIO),@$(BIN)/python -m app.demo load "$(SCENARIO)")
	@exec $(BIN)/python streamlit_app.py

test: $(VENV)/.tools $(VENV)/.browser
	$(BIN)/python -m pytest $(PARALLEL) --durations=10 $(ARGS)

# Plays every script of app/demos in a browser; `make test` does so, too.
tour-check: $(VENV)/.tools $(VENV)/.browser
	$(BIN)/python -m app.demo check

# The pictures that README shows, taken anew.
readme-pictures: $(VENV)/.tools $(VENV)/.browser
	$(BIN)/python -m app.demo shoot .readme/pictures.yaml --out build/readme
	cp build/readme/pictures/01-browse-desktop-light.png .readme/browse.png
	cp build/readme/pictures/02-present-desktop-light.png .readme/present.png
	cp build/readme/pictures/03-own-copy-phone-light.png .readme/own-copy.png

torture: $(VENV)/.tools $(VENV)/.browser
	$(BIN)/python -m pytest --torture -m "torture or hypothesis"

lint: $(VENV)/.tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Takes guards out of the code one by one, and names those that no test misses: some 20 minutes.
mutants: $(VENV)/.tools
	$(BIN)/python -m tests.mutants $(ARGS)

bench: $(VENV)/.tools $(VENV)/.browser
	$(BIN)/python -m tests.bench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.tools: requirements.txt tests/requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $(VENV)/.run $@

# A browser for the browser tests: the machine's own Chromium, else Debian's, else Playwright's.
$(VENV)/.browser: $(VENV)/.tools tests/browser/install.sh
	@sh tests/browser/install.sh $(BIN)/python
	@touch $@

clean:
	rm -rf $(VENV) build
