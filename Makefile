# make run | dev | test | test-quick | test-full | prove | drill | bench | build | room | room-desk | mcp | sbom | format   (see CONTRIBUTING.md)
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes
# Chromium: the path in CHROMIUM, or one of its usual names.
FIND_CHROMIUM := for name in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; \
	do command -v "$$name" 2>/dev/null && break; done
# Benchmarks measure time, so they do not run in parallel with tests. Browser tests run last: see docs/testing.md.
# One thread per worker for Polars and NumPy: on small tables more threads only wait for each other. Compiled modules are
# kept, whatever the environment says: else each process that a test starts compiles the project again, for half a second.
PYTEST = PYTHONDONTWRITEBYTECODE= POLARS_MAX_THREADS=1 OPENBLAS_NUM_THREADS=1 CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m pytest --quiet -p no:benchmark --ignore=tests/bench --ignore=tests/load --ignore=tests/faults \
	--numprocesses 2 --dist loadfile
# Without a browser, files stay in the order of tests/conftest.py: long ones first, not those with many tests.
ORDERED = --no-loadscope-reorder
# The only folders that have tests in a browser, that of the longest test first. A worker without tests steals some.
BROWSER = --dist worksteal tests/offline tests/browser

# How often a browser test that failed is run again; .ci/run says once. Each one is named at the end of the run.
BROWSER_RERUNS ?= 0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The systems and Pythons of the archive with the desk, as listed by `python -m offline --help`; empty: all.
ROOM ?=
PYTHONS ?=
.PHONY: help run dev test test-quick test-full engines prove drill bench build room room-desk mcp sbom format lint chromium browsers proxies poppler clean

help:
	@echo "make run        serve the dashboard on 127.0.0.1:$(PORT), and the desk on the next port"
	@echo "make dev        the same for those who change it: a saved file shows in the browser"
	@echo "make test       lint, type checks, import rules and tests, browser tests last"
	@echo "make test-quick the same without a browser"
	@echo "make test-full  make test with the long tests"
	@echo "make prove      load, faults and attacks: several servers, half an hour (ATALAYA_PROVE_SECONDS=600 for longer)"
	@echo "make drill      lose everything but the backup, restore it by the document, and update replicas under readers"
	@echo "make bench      run the benchmarks"
	@echo "make build      build a snapshot from the publishers' files (ARGS=\"...\" for the ETL)"
	@echo "make room       write all pages as files that need no server and no network, dist/atalaya-room-<snapshot>.zip"
	@echo "                (ARGS=\"--languages es\" for a part: python -m dashboard site --help)"
	@echo "make room-desk  write the archive with the desk, for laptops with Python, dist/atalaya-room-desk-<snapshot>.zip"
	@echo "                (ROOM=\"linux-x86_64 windows-amd64\" PYTHONS=\"3.12 3.13\" for fewer systems)"
	@echo "make mcp        answer machines by the Model Context Protocol (ARGS=\"--http 8503\" for a port; else standard input)"
	@echo "make sbom       write the list of installed packages, dist/atalaya.cdx.json (CycloneDX)"
	@echo "make format     format the code and fix what ruff can fix"

run: .venv/.run
	@$(BIN)/python -m dashboard --port $(PORT)

dev: .venv/.run
	@$(BIN)/python -m dashboard dev --port $(PORT)

build: .venv/.run
	$(BIN)/python -m etl build $(ARGS)

room: .venv/.run
	@$(BIN)/python -m dashboard site dist/room --briefings $(ARGS)
	@$(BIN)/python -m offline --site dist/room

room-desk: .venv/.run
	@$(BIN)/python -m offline --systems "$(ROOM)" --pythons "$(PYTHONS)"

# The wheels of this machine, for the tests of the archive, which do not download anything.
dist/wheels/.here: requirements.lock offline/installer.lock | .venv/.dev
	@echo "Fetching the wheels of this machine into dist/wheels ..."
	@$(BIN)/python -m offline --here --only-wheels
	@touch $@

test: test-quick chromium
	$(PYTEST) -m "browser and not long" --reruns $(BROWSER_RERUNS) -rR $(BROWSER)

test-quick: lint poppler dist/wheels/.here
	$(PYTEST) $(ORDERED) -m "not browser and not long"

test-full: lint chromium browsers poppler dist/wheels/.here .venv-store/.made .venv-described/.made .venv-engines/.made .venv-mcp/.made
	$(PYTEST) $(ORDERED) -m "not browser"
	$(PYTEST) -m browser $(BROWSER)

# Servers under load, one test after the other (-rP prints what was measured); then attacks by the thousand. Whatever
# fails, one page says it (dist/prove.md). With BEFORE=FOLDER of an earlier program, the attacks on it stand beside.
ATTACKS = ATALAYA_PROVE_ADDRESSES=$${ATALAYA_PROVE_ADDRESSES:-2000} ATALAYA_PROVE_WORKBOOKS=$${ATALAYA_PROVE_WORKBOOKS:-1000}
PROOF = -o junit_logging=system-out --junit-xml=dist/prove
prove: .venv/.dev chromium proxies
	@rm -f dist/prove*.xml
	-CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m pytest --quiet -rP -p no:benchmark -p no:xdist -m long \
		$(PROOF).xml $(wildcard tests/load tests/faults)
	-$(ATTACKS) $(PYTEST) --dist load -m long $(PROOF)-attacks.xml tests/attacks
	-[ -z "$(BEFORE)" ] || ATALAYA_PROVE_PROGRAM="$(abspath $(BEFORE))" $(BIN)/python -m pytest --quiet -rP \
		-p no:benchmark -p no:xdist -m long $(PROOF)-before.xml tests/load/test_attacks.py
	@$(BIN)/python -m tests.proof dist/prove.xml dist/prove-attacks.xml \
		$(if $(BEFORE),--before dist/prove-before.xml) > dist/prove.md; status=$$?; \
		echo "All of it on one page: dist/prove.md"; exit $$status

# Ends with one line.
drill: .venv/.dev .venv-store/.made proxies
	@$(BIN)/python -m pytest -qq -s -p no:benchmark -p no:xdist -m long tests/faults/test_drill.py

sbom: .venv/.dev
	@$(BIN)/python -m deploy.sbom

bench: .venv/.dev .venv-peers/.made chromium
	CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m pytest --quiet --numprocesses 0 tests/bench

# Two other frameworks with the same rows, for comparison, in their own environment.
.venv-peers/.made: tests/bench/peers/requirements.lock
	$(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r $<
	touch $@

# For tests/described: programs that read feeds and descriptions, in their own environment.
.venv-described/.made: tests/described/requirements.lock
	$(PYTHON) -m venv --clear .venv-described
	.venv-described/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r $<
	touch $@

# Spark as the engine of case registers (`--engine spark://HOST:PORT`), and DuckDB for tests/engines, beside the packages of the
# project in an environment of their own.
engines: .venv-engines/.made
.venv-engines/.made: requirements.lock tests/engines/requirements.lock
	$(PYTHON) -m venv --clear .venv-engines
	.venv-engines/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes \
		$(foreach lock,$^,-r $(lock))
	touch $@

# For tests/faults: an object store, SeaweedFS as a wheel (160 MB, one program), in its own environment.
prove: .venv-store/.made
.venv-store/.made: tests/faults/requirements.lock
	$(PYTHON) -m venv --clear .venv-store
	@.venv-store/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r $< && touch $@ || \
		echo "SeaweedFS cannot be installed here: tests that need an object store are skipped"

# Answers for machines: its SDK is in an environment of its own. Standard output belongs to the protocol.
mcp:
	@$(MAKE) --silent .venv-mcp/.made >&2
	@.venv-mcp/bin/python -m dashboard mcp $(ARGS)

.venv-mcp/.made: requirements.lock requirements-mcp.lock
	@echo "Installing what answers to machines need into .venv-mcp (the first time this takes a minute or two) ..."
	@$(PYTHON) -m venv --clear .venv-mcp
	@.venv-mcp/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes \
		-r requirements.lock -r requirements-mcp.lock
	@touch $@

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .venv-peers .venv-store .venv-described .venv-engines .venv-mcp

# A stamp newer than its lock file means that the lock file is installed; the tests' lock includes the other one.
.venv/.run: requirements.lock | .venv/.made
	@echo "Installing what the dashboard needs into .venv (the first time this takes a minute or two) ..."
	@$(PIP) -r requirements.lock
	@touch $@

.venv/.dev: requirements.lock requirements-dev.lock | .venv/.made
	@echo "Installing what the tests need into .venv (the first time this takes a minute or two) ..."
	@$(PIP) -r requirements-dev.lock
	@touch .venv/.run $@

.venv/.made:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) -V). Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@touch $@

chromium:
	@[ -n "$$($(FIND_CHROMIUM))" ] || { [ -x /usr/bin/apt-get ] && \
		if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
		else sudo -n true 2>/dev/null && sudo -n apt-get update -qq && sudo -n apt-get install -y -qq chromium; fi; } || \
		{ echo "Chromium is missing: sudo apt-get install chromium (Ubuntu: sudo snap install chromium)," \
		"or make CHROMIUM=/path/to/chrome ..." >&2; exit 1; }

# For tests/browsers: Firefox, and WebKit with a screen that nobody sees.
BROWSERS = firefox-esr webkit2gtk-driver python3-gi gir1.2-webkit2-4.1 xvfb
browsers:
	@dpkg-query --show $(BROWSERS) >/dev/null 2>&1 || { [ -x /usr/bin/apt-get ] && [ "$$(id -u)" = 0 ] && \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $(BROWSERS); } || \
		echo "Firefox or WebKit is missing (apt-get install $(BROWSERS)): tests that need it are skipped"

proxies:
	@( PATH="$$PATH:/usr/sbin"; command -v nginx && command -v haproxy ) >/dev/null || { [ -x /usr/bin/apt-get ] && [ "$$(id -u)" = 0 ] && \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light haproxy; } || \
		echo "nginx or HAProxy is missing (apt-get install nginx-light haproxy): tests that need them are skipped"

# Reads the PDF of briefings in tests; without it those tests are skipped.
poppler:
	@command -v pdftotext >/dev/null || { [ -x /usr/bin/apt-get ] && [ "$$(id -u)" = 0 ] && \
		apt-get update -qq && apt-get install -y -qq poppler-utils; } || \
		echo "pdftotext is missing (apt-get install poppler-utils): tests that need it are skipped"
