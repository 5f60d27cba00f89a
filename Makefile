# `make` prints the targets. Each one sets up what it needs: .venv with the locked packages, once.
SHELL := /bin/sh
.DEFAULT_GOAL := help

BIN := .venv/bin
PYTHON_IN := $(BIN)/python
MAKES_ENVIRONMENT := pyproject.toml requirements-build.txt scripts/setup.sh scripts/setup.py
PROTOS := $(wildcard api/twitchbot/api/*.proto)
SERVICES := $(filter %_service.proto,$(PROTOS))
GENERATED := internal/twitchbot/api

# Arguments for the program or the tests, as in: make run ARGS="--help", make test ARGS="tests/unit -k spool".
ARGS ?=

## help: show this list
.PHONY: help
help:
	@awk '/^## [a-z-]+: / { at = index($$0, ": "); printf "  %-12s %s\n", substr($$0, 4, at - 4), substr($$0, at + 2) }' $(firstword $(MAKEFILE_LIST))

## run: start the service; with nothing configured, the demo
.PHONY: run
run: .venv/ready-runtime
	@$(BIN)/twitchbot run $(ARGS)

## demo: start the service against a simulated Twitch
.PHONY: demo
demo: .venv/ready-runtime
	@$(BIN)/twitchbot demo $(ARGS)

## test: run the test suite against real servers
.PHONY: test
test: .venv/ready-test
	@$(PYTHON_IN) -m pytest --numprocesses auto --dist worksteal --ignore tests/faults $(ARGS)

## test-faults: kill it, cut it, fill its disk
.PHONY: test-faults
test-faults: .venv/ready-test
	@$(PYTHON_IN) -m pytest tests/faults $(ARGS)

## cover: run the test suite and demand full coverage of the inside, 90 % of everything
.PHONY: cover
cover: .venv/ready-test
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-report= $(ARGS)"
	@$(BIN)/coverage report --include '*/twitchbot/domain/*,*/twitchbot/usecases/*' --fail-under 100
	@$(BIN)/coverage report --fail-under 90

## bench: measure beside baselines, as in: make bench ARGS="parse rows --rows 100000"
.PHONY: bench
bench: .venv/ready-test
	@$(PYTHON_IN) -m benchmarks $(ARGS)

# Services are generated from *_service.proto only, so that the other files leave no empty modules.
define generate
	@$(PYTHON_IN) -m grpc_tools.protoc -I api --python_out=$(1) --pyi_out=$(1) $(PROTOS)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(PYTHON_IN) -m grpc_tools.protoc -I api \
		--grpc_python_out=$(1) --mypy_grpc_out=quiet:$(1) $(SERVICES)
endef

## proto: generate Python from api/
.PHONY: proto
proto: .venv/ready-dev
	@rm -f $(GENERATED)/*_pb2*.py $(GENERATED)/*_pb2*.pyi
	$(call generate,internal)

## proto-check: lint api/, compare it with the generated code and with what callers were promised
.PHONY: proto-check
proto-check: .venv/ready-dev
	@$(BIN)/buf lint api
	@$(BIN)/buf breaking api --against api/base.binpb
	@rm -rf .cache/proto && mkdir -p .cache/proto
	$(call generate,.cache/proto)
	@diff -r -x __init__.py -x py.typed -x __pycache__ .cache/proto/twitchbot/api $(GENERATED) || \
		{ echo "proto-check: the generated code is stale, run make proto" >&2; exit 1; }

## fmt: format the code and sort its imports
.PHONY: fmt
fmt: .venv/ready-dev
	@$(BIN)/ruff check --select I --fix --quiet
	@$(BIN)/ruff format --quiet

## lint: look for mistakes without running anything
.PHONY: lint
lint: .venv/ready-dev
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(PYTHON_IN) scripts/bounded_queues.py internal/twitchbot
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml

## types: check types
.PHONY: types
types: .venv/ready-dev
	@$(BIN)/mypy --no-error-summary

## layers: check that imports point inward
.PHONY: layers
layers: .venv/ready-dev
	@$(BIN)/lint-imports --no-logo

## deps: check that what is imported is declared, and the other way round
.PHONY: deps
deps: .venv/ready-dev
	@$(BIN)/deptry internal

## check: everything above that needs no test run; the one definition of green
.PHONY: check
check: lint types layers deps proto-check
	@echo "check: all good"

## migrate: bring the configured database to the newest schema
.PHONY: migrate
migrate: .venv/ready-runtime
	@$(BIN)/twitchbot migrate $(ARGS)

## revision: write a migration for what changed in the tables, as in: make revision NAME="clips have a language"
.PHONY: revision
revision: .venv/ready-dev
	@mkdir -p .cache && rm -f .cache/revision.db
	@$(BIN)/alembic -x url=sqlite:///.cache/revision.db upgrade head
	@$(BIN)/alembic -x url=sqlite:///.cache/revision.db revision --autogenerate --message "$(NAME)" \
		--rev-id $$(printf %04d $$(($$(ls migrations/versions/*.py | wc -l) + 1)))

## lock: write the hashed requirement files again; UPGRADE=--upgrade takes the newest versions
.PHONY: lock
lock: .venv/ready-dev
	@scripts/lock.sh $(UPGRADE)

## image: build the container image
.PHONY: image
image:
	@docker build --tag twitchbot .

## clean: remove the environment and everything that tools left behind
.PHONY: clean
clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache dist htmlcov .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready-runtime: requirements.txt $(MAKES_ENVIRONMENT)
	@scripts/setup.sh runtime

.venv/ready-test: requirements-test.txt $(MAKES_ENVIRONMENT)
	@scripts/setup.sh test

.venv/ready-dev: requirements-dev.txt $(MAKES_ENVIRONMENT)
	@scripts/setup.sh dev
