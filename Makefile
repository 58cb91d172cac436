# make run: open the reader on the sample articles.   make test: check everything.
# Each makes its own virtual environment when it is missing.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

COMPAT = .venv-compat
COMPAT_TESTS = tests/unit/test_analysis.py tests/unit/test_excerpts.py tests/unit/test_fulltext.py \
	tests/unit/test_library.py tests/unit/test_matching.py tests/unit/test_query_dates.py \
	tests/unit/test_query_syntax.py tests/unit/test_search.py tests/properties/test_query_properties.py

BENCH = .venv-bench
BENCH_PIP = $(BENCH)/bin/python -m pip --disable-pip-version-check --quiet
PEERS = tantivy==0.27.0 xapian-bindings-binary==1.4.26

.PHONY: run test check test-compat keys screenshots snapshots bench bench-large bench-ui bench-intake wheel constraints clean

run: $(VENV)/run
	@$(BIN)/broadsheet open seeds

test: check
	$(BIN)/python -m pytest

check: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The index must work on the original Whoosh, too, so that the distribution can be changed.
test-compat: $(COMPAT)/dev
	$(COMPAT)/bin/python -W "ignore::SyntaxWarning" -m pytest -p no:textual-snapshot \
		-W "ignore:invalid escape sequence:DeprecationWarning" $(COMPAT_TESTS)

# Compare what the screens look like with tests/ui/__snapshots__, and take the new look over.
snapshots: $(VENV)/dev
	$(BIN)/python -m pytest tests/ui --snapshot-update

# Needs the Cairo library, and DejaVu Sans Mono.
screenshots: $(VENV)/dev
	$(PIP) install --constraint constraints.txt --editable ".[pictures]"
	$(BIN)/python docs/screenshots.py

# The page of keys, from the bindings.
keys: $(VENV)/dev
	$(BIN)/python docs/keys.py

# docs/benchmarks.md, from measuring beside the peers on the news that BROADSHEET_CORPORA names.
bench: $(BENCH)/ready
	$(BENCH)/bin/python -m benchmarks 1000 10000 100000 --ranking

bench-large: $(BENCH)/ready
	$(BENCH)/bin/python -m benchmarks 1000000

# The part about the screen in docs/benchmarks.md: the reader is driven in tmux.
bench-ui: $(VENV)/dev
	$(BIN)/python -m benchmarks.screen

# docs/intake.md: how well pages, feeds and lists are read, on the same news.
bench-intake: $(VENV)/dev
	$(BIN)/python -m benchmarks.intake

wheel: $(VENV)/dev
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

# Pin what is installed now. No addresses: where packages come from is the machine's matter.
constraints: $(VENV)/dev
	@echo "# The versions that the tests pass with; written by make constraints." > constraints.txt
	@$(BIN)/python -m pip freeze --exclude-editable | sort --ignore-case >> constraints.txt

clean:
	rm -rf $(VENV) $(COMPAT) $(BENCH) .bench dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Only what running needs; the tools come with the first test.
$(VENV)/run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	@touch $@

$(COMPAT)/dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(COMPAT)
	$(COMPAT)/bin/python -m pip --disable-pip-version-check --quiet install \
		--constraint constraints.txt --editable ".[dev]"
	@# Both distributions own the same files: neither may be there when the other comes.
	$(COMPAT)/bin/python -m pip --disable-pip-version-check --quiet uninstall --yes whoosh3 Whoosh
	$(COMPAT)/bin/python -m pip --disable-pip-version-check --quiet install Whoosh==2.7.4
	@touch $@

# A peer that cannot be installed is left out of the tables.
$(BENCH)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH_PIP) install --constraint constraints.txt --editable .
	@for peer in $(PEERS); do $(BENCH_PIP) install $$peer || echo "without $$peer"; done
	@touch $@
