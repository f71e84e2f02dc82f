# make graph   the graph of seeds/ as out/graph.ttl and out/graph.html, and three questions to it
# make test    style, types and tests
# make test-long    builds killed at 500 random moments
# make test-servers graphs pushed to a real Virtuoso as well

PYTHON := $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
VENV := .venv
KGRAPH := $(VENV)/bin/kgraph
SOURCES := $(shell find kgraph ontologies -name '*.py' -o -name '*.ttl' -o -name '*.csv' -o -name '*.rq' -o -name '*.js' \
	-o -name '*.html' -o -name '*.css' -o -name '*.json' -o -name '*.onnx')
QUESTIONS := visits warnings contested
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: graph test test-wheel test-long test-servers browser clean

graph: out/graph.ttl out/graph.html
	@for question in $(QUESTIONS); do $(KGRAPH) query out/graph.ttl $$question || exit; done
	@echo "Open out/graph.html in a browser."

out/graph.ttl: $(VENV)/installed $(SOURCES) $(wildcard seeds/*)
	@mkdir -p out
	$(KGRAPH) build seeds/ -o $@

out/graph.html: out/graph.ttl
	$(KGRAPH) view $< -o $@

test: $(VENV)/installed-test browser
	$(VENV)/bin/ruff check
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest

test-long: $(VENV)/installed-test
	$(VENV)/bin/pytest -m long

test-servers: $(VENV)/installed-test
	@command -v virtuoso-t >/dev/null || { apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin; }
	$(VENV)/bin/pytest tests/test_push.py -rs

# The wheel by itself, on each Python that is here, with the newest and the oldest libraries allowed.
test-wheel:
	.ci/wheel

# The tests of the page need a browser; without one they say that they are skipped.
browser:
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium chromium-driver >/dev/null || echo "Chromium cannot be installed: the tests of the page are skipped."; \
	else echo "No Chromium (apt-get install chromium chromium-driver): the tests of the page are skipped."; fi

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "kgraph needs Python 3.11 or newer; install python3 and python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[test]'
	@touch $(VENV)/installed $@

clean:
	rm -rf out $(VENV)
