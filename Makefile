# `make run` starts Stackway and shows a first answer; `make test` runs the suite. Both make their own environment.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

# Any Python from 3.11 on; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

.PHONY: run test check slow fuzz readme lock bench tools sbom deploy-check release-api clean

run: $(STAMP)
	@exec $(BIN)/stackway demo examples/seeker.json

# Two processes: the suite is then minutes shorter, and each has a PostgreSQL of its own.
test: $(STAMP)
	$(BIN)/pytest --numprocesses 2 --dist loadfile

slow: $(STAMP)
	$(BIN)/pytest -m slow

# The generated tests on examples never drawn before; what it finds becomes a test of its own.
fuzz: $(STAMP)
	HYPOTHESIS_PROFILE=fresh $(BIN)/pytest -m "slow or not slow" tests/oracle tests/properties tests/app/api/test_contract.py tests/contract \
		tests/app/jobs/test_killing.py

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

# The parts of the READMEs that are made from the code, made anew.
readme: $(STAMP)
	$(BIN)/python -m tests.architecture.pages

bench: $(STAMP)
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.batch
	$(BIN)/python -m benchmarks.eligibility
	$(BIN)/python -m benchmarks.service

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Stackway needs Python 3.11 or newer; none was found."; exit 1; }
	rm -rf $(VENV)
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@# As pip does for what it installs: Python may not keep by itself what it compiles at a start.
	$(BIN)/python -m compileall -q app matching migrations taxonomy
	@touch $(STAMP)

# Tools that look at the project from outside, in an environment of their own.
TOOLS := .venv-tools
$(TOOLS)/installed: requirements-tools.lock
	@test -n "$(PYTHON)" || { echo "Stackway needs Python 3.11 or newer; none was found."; exit 1; }
	rm -rf $(TOOLS)
	"$(PYTHON)" -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-tools.lock
	@touch $@

# Those that run on Node.js; where it is not, what they look at is not looked at, and the tests say so.
NODE := $(TOOLS)/node
$(NODE)/installed: tests/clients/typescript/package-lock.json $(TOOLS)/installed
	rm -rf $(NODE)
	mkdir -p $(NODE)
	@if command -v npm > /dev/null; then \
		cp tests/clients/typescript/package.json tests/clients/typescript/package-lock.json tests/clients/typescript/.npmrc $(NODE) && \
		npm ci --silent --prefix $(NODE); \
	else echo "npm is not here: no TypeScript client and no linter of the description"; fi
	@touch $@

tools: $(TOOLS)/installed $(NODE)/installed

# What the service is made of (CycloneDX), and under which licences.
sbom: $(STAMP) $(TOOLS)/installed
	mkdir -p build
	$(TOOLS)/bin/cyclonedx-py requirements requirements-service.lock --pyproject pyproject.toml \
		--output-reproducible --output-file build/sbom.cdx.json
	$(TOOLS)/bin/pip-licenses --python $(BIN)/python --format markdown --with-urls --output-file build/licences.md

# The manifests against the published schemas of Compose and Kubernetes.
deploy-check: $(TOOLS)/installed
	$(TOOLS)/bin/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
	$(TOOLS)/bin/kubernetes-validate --strict deploy/kubernetes/stackway.yaml

# At a release: the description of the API that later versions may only add to.
release-api: $(STAMP)
	$(BIN)/python -m tests.architecture.compatibility

# The lock names versions and hashes, never where they come from.
COMPILE := uv pip compile --quiet --no-header --no-annotate --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links
lock:
	$(COMPILE) pyproject.toml --extra embedded --extra telemetry --extra dev --output-file requirements.lock
	$(COMPILE) pyproject.toml --output-file requirements-service.lock
	$(COMPILE) --group tools --output-file requirements-tools.lock

clean:
	rm -rf $(VENV) $(TOOLS) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
