# Everything happens in .venv; nothing else on the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
DEMO := demo

BENCH := .venv-bench
WORKS ?= 10000
LARGE ?= 0

.PHONY: demo test lint format bench clean

demo: $(VENV)/installed
	@rm -rf $(DEMO)
	@echo "== A page becomes a graph"
	@$(BIN)/graphbuild build examples/profile-page.txt --output $(DEMO)/graph --as-of 2026-11-23
	@echo; echo "== The graph is checked against its SHACL shapes"
	@$(BIN)/graphbuild check $(DEMO)/graph
	@echo; echo "== Who works with Jun Hadley?"
	@$(BIN)/graphbuild query author-coauthors --person "Jun Hadley" --graph $(DEMO)/graph --format table
	@echo; echo "== Which systems come in versions, and where is their code?"
	@$(BIN)/graphbuild query method-families --graph $(DEMO)/graph --format table
	@echo; echo "== Does a page mix several people?"
	@$(BIN)/graphbuild query dq-possible-conflation --graph $(DEMO)/graph --format table
	@$(BIN)/graphbuild network coauthors $(DEMO)/graph --to $(DEMO)/coauthors.png
	@$(BIN)/graphbuild network coauthors $(DEMO)/graph --to $(DEMO)/coauthors.html
	@$(BIN)/graphbuild export $(DEMO)/graph --to $(DEMO)/graph.ttl
	@echo
	@echo "The graph:      $(DEMO)/graph"
	@echo "as Turtle:      $(DEMO)/graph.ttl"
	@echo "Co-authors:     $(DEMO)/coauthors.png and $(DEMO)/coauthors.html (open it in a browser)"
	@echo "Try next:       $(BIN)/graphbuild queries"
	@echo "                $(BIN)/graphbuild show SLIMv3 --graph $(DEMO)/graph"
	@echo "                $(BIN)/graphbuild build YOUR-PAGE.txt --output my-graph"

test: $(VENV)/developed
	@$(BIN)/python -m pytest

lint: $(VENV)/developed
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/developed
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

# WORKS and LARGE are the numbers of works; LARGE=100000 also measures how memory grows.
bench: $(VENV)/installed $(BENCH)/installed
	@$(BIN)/python -m benchmarks.pipeline --works $(WORKS) --large $(LARGE)

clean:
	@rm -rf $(VENV) $(BENCH) $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "graphbuild needs Python 3.11 or later; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "no .venv could be made; some systems ship venv apart (python3-venv)"; exit 1; }

$(BENCH)/installed:
	@echo "Installing the peers into $(BENCH) ..."
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check \
	  morph-kgc==2.10.0 oxigraph==0.5.13
	@touch $@

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing graphbuild into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/developed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing graphbuild and its test tools into $(VENV) ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/installed
