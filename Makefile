# `make help` lists the verbs. The environment is .venv, made from requirements.lock once and again when it changes.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
EDITION ?= student
RUNS ?= 5

.PHONY: help setup briefings test lab bench lint data lock clean
.DEFAULT_GOAL := help

help: ## list the verbs
	@grep -hE '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## make .venv from the hash-pinned lock

# Two steps: pip takes no local folder beside --require-hashes.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m dossier.server
	touch $@

briefings: $(READY) ## build what batch.yml lists into exports/
	$(BIN)/dossier build --batch batch.yml

test: $(READY) ## run every test, a file at a time on each core
	$(BIN)/python -m pytest --numprocesses logical --dist loadfile

lab: $(READY) ## open the student notebooks in JupyterLab (EDITION=instructor: the full ones)
	$(BIN)/python -m dossier.lab $(EDITION)

bench: $(READY) ## time builds against papermill and nbconvert, into tests/benchmarks/ (RUNS=5)
	$(BIN)/python tests/benchmarks/bench.py --runs $(RUNS)

lint: $(READY) ## read the code for faults and format
	$(BIN)/ruff check lib tests
	$(BIN)/ruff format --check lib tests

data: $(READY) ## write the hashes in data/datapackage.json and data/README.md anew
	$(BIN)/python -m dossier.dictionary

lock: $(READY) ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o requirements.lock

clean: ## remove exports and the environment; .lab/ with the work of students stays
	rm -rf .venv $(filter-out exports/README.md exports/brief.png,$(wildcard exports/*))
