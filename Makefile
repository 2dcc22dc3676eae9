# `make run` and `make test` need Python 3.11 or newer and make, and nothing else: each sets up what it needs, once.
# PYTHON=/path/to/python3.12 chooses the interpreter; uv is used where it is on the PATH.

.DEFAULT_GOAL := help
.PHONY: help setup run test bench crash-test hostile check format audit lock clean

VENV := .venv
BIN := $(VENV)/bin
AUDIT := .audit
STAMP := $(VENV)/.set-up
NEWER := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c '$(NEWER)' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## install everything into .venv, pinned by hash

$(STAMP): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Comity needs Python 3.11 or newer, and none was found on the PATH: install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c '$(NEWER)' || { echo "Comity needs Python 3.11 or newer, and $(PYTHON) is older, or no Python: name another with PYTHON=/path/to/python3" >&2; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		set -e; \
		"$(BIN)/python" -c '$(NEWER)' >/dev/null 2>&1 || { rm -rf $(VENV); uv venv --quiet --python "$(PYTHON)" $(VENV); }; \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt; \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		set -e; \
		"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt-get install python3-venv), then try again." >&2; exit 1; }; \
		"$(BIN)/python" -c '$(NEWER); import pip' >/dev/null 2>&1 || { rm -rf $(VENV); "$(PYTHON)" -m venv $(VENV); }; \
		echo "Installing what Comity needs into $(VENV) (about a minute, once) ..."; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

run: $(STAMP) ## run the bot if DISCORD_TOKEN is set (here or in .env), else the rehearsal in the browser (COUNCIL=security-council, eu)
	@if [ -n "$$DISCORD_TOKEN" ] || grep -Eqs "^[[:space:]]*(export[[:space:]]+)?DISCORD_TOKEN[[:space:]]*=[[:space:]]*[\"']?[^\"'[:space:]#]" .env; \
	then exec $(BIN)/comity run; else exec $(BIN)/comity rehearse $(if $(COUNCIL),--council $(COUNCIL)); fi

test: $(STAMP) ## run the tests (ARGS="tests/deliberation -k quorum" chooses)
	$(BIN)/python -m pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal $(ARGS)

hostile: $(STAMP) ## send 100,000 hostile interactions (ARGS="--seed 7 --jobs 2"; goes on where it was interrupted), then see what holds up votes
	$(BIN)/python -m tests.security.campaign $(ARGS)
	$(BIN)/python -m tests.security.loop_blocked

bench: $(STAMP) ## measure votes against a bare bot's answers, a million ballots' close, and a large council's answers
	$(BIN)/python -m bench.large_council
	$(BIN)/python -m bench $(ARGS)

crash-test: $(STAMP) ## kill processes at random under load, and check that no vote is lost (some five minutes; ARGS="--kills 40 --seed 7")
	$(BIN)/python -m bench.crash $(ARGS)

check: $(STAMP) ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

format: $(STAMP) ## mend lint and formatting
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(AUDIT)/.set-up: requirements/audit.txt
	@rm -rf $(AUDIT)
	@if command -v uv >/dev/null 2>&1; then \
		set -e; \
		uv venv --quiet --python "$(PYTHON)" $(AUDIT); \
		uv pip install --quiet --python $(AUDIT)/bin/python --require-hashes -r requirements/audit.txt; \
	else \
		set -e; \
		"$(PYTHON)" -m venv $(AUDIT); \
		$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt; \
	fi
	@touch $@

audit: $(AUDIT)/.set-up ## ask whether an advisory is known for anything that is installed
	@$(AUDIT)/bin/python .ci/audit.py requirements/dev.txt requirements/run.txt requirements/audit.txt

COMPILE := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock: ## write the lock files anew (needs uv; `make lock UPGRADE=--upgrade` takes newer versions)
	$(COMPILE) $(UPGRADE) requirements/build.in -o requirements/build.txt
	$(COMPILE) $(UPGRADE) requirements/audit.in -o requirements/audit.txt
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/run.txt
	$(COMPILE) $(UPGRADE) pyproject.toml requirements/build.in --extra rehearsal --extra dev -o requirements/dev.txt

clean: ## remove .venv and what tools leave behind
	rm -rf $(VENV) $(AUDIT) .hostile-*.json build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
