# Every target works from a fresh clone: it makes .venv from requirements.lock first, and only when the lock has changed.
PYTHON ?= python3
HOME_DIR ?= data/home
REPORTS ?= 5040
BIN := .venv/bin
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: run test check site-check bench corpus kill hostile fuzz scheduled lock generated format clean

run: .venv/ready ## read data/samples into data/home and ask the result a question
	$(BIN)/gongkai --home $(HOME_DIR) run data/samples
	$(BIN)/gongkai --home $(HOME_DIR) sql "select agency, fiscal_year as year, requests_new as new, requests_carried_in as carried_in, requests_concluded as concluded, requests_carried_out as carried_out from requests where applicant = 'total' order by new desc nulls last limit 5"

test: .venv/ready ## all tests
	$(BIN)/pytest

check: .venv/ready ## style, types, import contract, tests with coverage, generated files unchanged
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term:skip-covered
	$(MAKE) generated
	git diff --exit-code -- docs data/lookups

site-check: .venv/ready ## the quality site of the samples and of a hostile report in a headless Chromium, if there is one
	$(BIN)/python -m tests.flows.site.check

bench: .venv/ready ## whole-pipeline speed on generated pages, and where the time goes
	$(BIN)/python -m tests.bench.run
	$(BIN)/python -m tests.bench.beside
	$(BIN)/python -m tests.bench.gate

corpus: .venv/ready ## what is published of generated reports against what they state, beside pinned floors; writes docs/accuracy.md
	$(BIN)/python -m tests.corpus.run --reports $(REPORTS) --docs docs/accuracy.md

kill: .venv/ready ## kill -9 at random moments of a publish
	$(BIN)/python -m tests.flows.kill_loop

hostile: .venv/ready ## files built to do harm: outcome, seconds and peak memory of each
	$(BIN)/python -m tests.hostile.run

fuzz: .venv/ready ## damaged documents through the whole reading: DOCUMENTS=200000 SEED=1
	$(BIN)/python -m tests.fuzz.run --documents $(or $(DOCUMENTS),2000) --seed $(or $(SEED),1)

scheduled: .venv/ready ## server, worker and a scheduled run on loopback
	$(BIN)/python -m tests.loopback.scheduled

generated: .venv/ready ## files made from declared data
	$(BIN)/python -c "from transforms.dictionary import dictionary; print(dictionary(), end='')" > docs/dictionary.md

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/ready ## resolve requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements.lock

# uv installs and byte-compiles the 150 packages in a fifth of pip's time; uncompiled, Great Expectations imports twice as slowly.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --requirement requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

clean:
	rm -rf .venv data/home
