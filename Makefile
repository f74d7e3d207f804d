# Two commands do everything, each sets up what it needs: make demo · make test
# Nothing but make and Python 3.11 or newer has to be installed; another interpreter is chosen by PYTHON=python3.12.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PREFECT := $(CURDIR)/$(VENV)/prefect
DEMO := demo
AS_OF := 2026-11-21
AXE := build/axe/package/axe.min.js

# The second name is the one newer pips read for the build backend.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-spark lint bench bench-linkage bench-nights bench-growth look fuzz crash docs constraints clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

demo: $(READY)  ## run the night on sample_data/ and show what it found
	@rm -rf $(DEMO)
	@PREFECT_HOME="$(PREFECT)" PYTHONPATH=. $(BIN)/python tools/demo.py sample_data $(DEMO) $(AS_OF)

test: lint  ## lint, types, and all tests
	# Two workers share two processors; in the order of folders the long files come first, so that no worker is left alone with one.
	POLARS_MAX_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-spark: $(READY)  ## the tests of the engine on Apache Spark, where a Java runtime is found
	POLARS_MAX_THREADS=1 $(BIN)/python tools/test_spark.py

lint: $(READY)  ## style, types, SQL, order of imports, generated pages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@# Types beside SQL: each keeps one processor busy for most of a minute.
	$(BIN)/basedpyright & types=$$!; $(BIN)/sqlfluff lint sql --disable-progress-bar; sql=$$?; wait $$types && exit $$sql
	$(BIN)/lint-imports
	$(BIN)/reconcile docs --check

bench: $(READY)  ## make 4.2 million registrations once, time every stage (POPULATION=100000 for a trial)
	$(BIN)/python -m bench.run --population $(or $(POPULATION),4200000)

bench-linkage: $(READY)  ## linkage side by side with Splink and recordlinkage (SIZES=200000 for one size, WORLD=hard for one world, ONLY=splink for one tool)
	$(BIN)/python -m pip install --quiet --editable '.[flows,dev,bench]'
	$(BIN)/python -m bench.linkage $(if $(SIZES),--sizes $(SIZES)) $(if $(WORLD),--worlds $(WORLD)) $(if $(ONLY),--only $(ONLY))

bench-nights: $(READY)  ## nights in which little has changed, and thirty of them beside full ones (POPULATION=20000, OTHER=another build's reconcile)
	$(BIN)/python -m bench.changed --population $(or $(POPULATION),200000) $(if $(OTHER),--other $(OTHER))
	$(BIN)/python -m bench.equal --population 20000 --nights 30

bench-growth: $(READY)  ## first nights over 1, 4.2, 10, 20 and 42 million registrations: seconds, memory, disk (POPULATIONS="5000 20000" for others)
	$(BIN)/python -m pip install --quiet --editable '.[flows,dev,bench]'
	$(BIN)/python -m bench.growth $(if $(POPULATIONS),--populations $(POPULATIONS))

fuzz: $(READY)  ## read a thousand spoiled files (FILES=100 SEED=2 for others)
	POLARS_MAX_THREADS=1 $(BIN)/python -m bench.fuzz --files $(or $(FILES),1000) --seed $(or $(SEED),1)

crash: $(READY)  ## kill commands a thousand times, let each file operation fail, run two commands at once (KILLS=100 TRIES=20 for a trial)
	POLARS_MAX_THREADS=1 $(BIN)/python -m bench.survival kills --times $(or $(KILLS),1000)
	POLARS_MAX_THREADS=1 $(BIN)/python -m bench.survival faults
	POLARS_MAX_THREADS=1 $(BIN)/python -m bench.survival together --tries $(or $(TRIES),100)

look: $(READY) $(AXE)  ## draw the page about a night in Chromium, three widths and A4, and judge it with axe-core (HOME_OF_NIGHTS=demo)
	$(BIN)/python tools/look.py --home $(or $(HOME_OF_NIGHTS),$(DEMO)) --out build/look --axe $(AXE)

# Contrast, headings, names of pictures: what a page is judged by, from npm.
$(AXE):
	mkdir -p build/axe
	cd build/axe && npm pack --silent axe-core@4.14.1 && tar -xzf axe-core-4.14.1.tgz

docs: $(READY)  ## write the generated pages of docs/ anew
	$(BIN)/reconcile docs

constraints:  ## pin the newest versions that pyproject.toml allows
	rm -rf build/pin
	$(PYTHON) -m venv build/pin
	PIP_CONSTRAINT= build/pin/bin/pip install --quiet hatchling editables '.[flows,dev,bench]'
	build/pin/bin/pip freeze --exclude reconcile > constraints.txt

clean:  ## remove the environment and everything that was made
	rm -rf $(VENV) $(DEMO) bench/data bench/home build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is newer than both files when the environment fits them. Prefect's database of the demo is made here: it takes its time.
# Nothing is compiled beforehand: of 12,000 modules most are never imported, and Python compiles one when it first is.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "make: $(PYTHON) is not Python 3.11 or newer; name one that is: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@# The pip that Python 3.11 brings takes twice as long to choose among the versions of an index.
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=26'
	$(BIN)/python -m pip install --quiet --no-compile --editable '.[flows,dev]'
	PREFECT_HOME="$(PREFECT)" PREFECT_SERVER_ANALYTICS_ENABLED=false $(BIN)/prefect server database upgrade --yes
	@touch $@
