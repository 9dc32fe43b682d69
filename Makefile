# Everything is made in .venv and .cache; the only things asked of the machine are make and Python 3.11.2 or newer.
PYTHON ?= python3
PORT ?= 8000
PYTEST = .venv/bin/python -m pytest

.PHONY: setup tools run test check format browser screens services services-test services-stop relevance bench-search evidence messages lock

setup:
	@$(PYTHON) bin/setup

tools:
	@$(PYTHON) bin/setup --tools

run: setup
	@bin/run $(PORT)

# Two processes share the suite. ARGS chooses tests: make test ARGS="tests/jobs -k publish"
test: tools
	@$(PYTEST) -q -n 2 $(ARGS)

check: tools
	@bin/check

format: tools
	@.venv/bin/ruff format -q .
	@.venv/bin/ruff check -q --fix-only .

browser: tools
	@$(PYTEST) -q -m browser tests/browser $(ARGS)

# The contact sheets of docs/screens, made of the pages that the stories pass.
screens: tools
	@SCREENS=docs/screens $(PYTEST) -q -m browser tests/browser $(ARGS)

services: tools
	@tests/services/start.sh

services-stop:
	@tests/services/stop.sh

# The whole suite again on PostgreSQL and on a real search engine, which are started for it and stopped after it.
services-test: tools
	@tests/services/run_tests.sh $(ARGS)

DATA ?= collections
# Measures the search on every engine: make relevance DATA=folder, with docs/NAME.tsv and dev/NAME.queries.tsv, .qrels.tsv.
relevance: tools
	@bin/relevance $(DATA) $(ENGINES)

bench-search: tools
	@.venv/bin/python manage.py bench_search

# Measures on a running site, for half an hour, and writes docs/evidence: make evidence NAMES="kills half_sent"
evidence: tools
	@bin/evidence $(NAMES)

# Collects the texts to translate; needs gettext (Debian: apt-get install gettext).
messages: tools
	@.venv/bin/python bin/messages

# Writes the lock files anew; LOCK_ARGS=--upgrade takes newer versions.
lock: tools
	@bin/lock $(LOCK_ARGS)
