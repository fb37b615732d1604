PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help serve test chaos-tests check lint types layers drift audit sbom bench chaos conformance clients format lock

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

serve: .venv/runtime ## the API on port 8000 (PORT=... to change), with a PostgreSQL of its own
	@exec $(BIN)/parity serve

test: .venv/dev ## the tests, on every core, on a PostgreSQL of their own
	$(BIN)/pytest -n logical --maxprocesses 8 --dist worksteal

chaos-tests: .venv/dev ## what `make test` leaves out: faults that take longer than a second to make
	$(BIN)/pytest -m chaos

# What is found tells; it does not fail a commit that has changed nothing of it.
check: lint types layers test drift ## everything that main must pass
	-@$(MAKE) --no-print-directory audit sbom

lint: .venv/dev ## style and format of the code, the compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec docker-compose.yml

types: .venv/dev ## mypy, strict
	$(BIN)/mypy

layers: .venv/dev ## imports run downwards only
	$(BIN)/lint-imports

drift: .venv/dev ## openapi.json, its clients and schema.sql are what the code makes
	@$(BIN)/parity openapi -o .venv/openapi.json
	@$(BIN)/parity schema -o .venv/schema.sql
	diff -u openapi/openapi.json .venv/openapi.json
	diff -u migrations/schema.sql .venv/schema.sql
	@$(BIN)/parity clients --check

audit: .venv/audit ## known vulnerabilities of the locked requirements, where advisories can be had
	@$(BIN)/python .ci/audit.py .venv/audit/bin/pip-audit requirements.txt requirements-traces.txt

sbom: .venv/audit ## the bill of materials of requirements.txt, CycloneDX, into .venv/sbom.json
	@.venv/audit/bin/python -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible \
	  --output-file .venv/sbom.json requirements.txt
	@$(BIN)/python .ci/sbom.py requirements.txt .venv/sbom.json

bench: .venv/dev ## speed beside peers and limits, into docs/speed.md; a quarter of an hour
	@$(BIN)/python -m bench

chaos: .venv/dev ## crashes, overload, hostile input, slow tests; into docs/chaos.md; twelve minutes
	@$(BIN)/python -m bench.chaos

conformance: .venv/dev ## whether every answer is as openapi.json says, by generated requests; eight minutes
	@$(BIN)/python -m bench.conformance

clients: .venv/dev ## what generated clients and /docs/reference make of openapi.json, and Lighthouse of pages; needs node and Chromium
	@$(BIN)/python -m bench.clients

format: .venv/dev ## lay the code out as lint wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## resolve pyproject.toml anew; needs uv
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --output-file requirements.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra traces --constraints requirements.txt \
	  --output-file requirements-traces.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --extra dev --extra traces --constraints requirements-traces.txt \
	  --output-file requirements-dev.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --constraints requirements.txt \
	  --output-file bench/requirements.txt bench/requirements.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --output-file .ci/audit.txt .ci/audit.in

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Parity needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "The venv module is missing (Debian: apt install python3-venv)."; exit 1; }

.venv/runtime: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing the locked requirements into .venv ..."
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

.venv/audit: .ci/audit.txt | .venv/bin/python
	@$(PYTHON) -m venv $@
	@$@/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/audit.txt
	@touch $@
