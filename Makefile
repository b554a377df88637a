# Two commands for a newcomer: `make demo` and `make test`. Both set up what they need, and are quick the second time.
PYTHON ?= python3.13
VENV := .venv
BIN := $(VENV)/bin
FURNITURE := build/sweethome3d
CATALOG := build/catalog
OUT ?= out/quickstart

.PHONY: help demo test check bench mutations chaos catalog install test-trainer test-train lock clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

demo: catalog  ## set everything up, make the quickstart dataset, say where to look
	@$(BIN)/scenegen generate quickstart $(OUT) --catalog $(CATALOG) && \
	$(BIN)/scenegen validate $(OUT) && \
	$(BIN)/scenegen preview $(OUT) --output $(OUT)-preview.png --output $(OUT)-preview.html
	@echo "read     $(OUT)/README.md       (columns, conventions, loading in Python)"
	@echo "look at  $(OUT)-preview.png     (pictures, targets, ids, decoded depth)"
	@echo "open     $(OUT)-preview.html    (the same in a browser: what each pixel says, and points in 3D)"

test: check catalog  ## set everything up, run all checks and tests
	@setup/browser.sh
	@SCENEGEN_FURNITURE="$$(setup/furniture.sh $(FURNITURE))" SCENEGEN_FURNITURE_CATALOG=$(CATALOG) $(BIN)/python -m pytest $(EVERY_CORE)
EVERY_CORE := --numprocesses auto --maxprocesses 4 --dist worksteal

check: install  ## style, types, one-way imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: catalog  ## figures of this machine: stages of a frame, planning and building, codecs, presets, memory (about half an hour; PART=scenes for one)
	@$(BIN)/python -m bench --catalog $(CATALOG) $(PART)

mutations: catalog  ## plant defects in good frames of all recipes; each must be caught by the check that is named for it (about half an hour)
	@$(BIN)/python -m bench.mutations --catalog $(CATALOG)

chaos: install  ## kill at random over workers, Ray's nodes and driver, let two drivers race, and strike Blender in four of 54 scenes; the dataset must be the undisturbed run's (FRAMES=10000 KILLS=200 RACES=50 for the full campaign)
	$(BIN)/python -m bench.chaos --frames $(FRAMES) --kills $(KILLS) --nodes $(NODES)
	$(BIN)/python -m bench.race --runs $(RACES)
	$(BIN)/python -m bench.struck
FRAMES ?= 1000
KILLS ?= 20
NODES ?= 3
RACES ?= 3

catalog: $(CATALOG).complete  ## take in our own shapes, the Sweet Home furniture and Blender's skies (minutes, once)

$(CATALOG).complete: $(VENV)/installed
	@folder=$$(setup/furniture.sh $(FURNITURE)) && \
	$(BIN)/scenegen catalog add builtin --no-thumbnails --catalog $(CATALOG) && \
	$(BIN)/scenegen catalog add sweethome3d "$$folder" --no-thumbnails --catalog $(CATALOG) && \
	$(BIN)/scenegen catalog add hdri --no-thumbnails --catalog $(CATALOG)
	@touch $@

install: $(VENV)/installed  ## make .venv with everything in it

$(VENV)/installed: requirements-3.13.txt pyproject.toml
	@setup/system-libraries.sh $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-3.13.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What a training job imports, on the oldest Python it may run, without bpy and ray.
TRAINER_TESTS := tests/schemas tests/render_configs tests/scenegen/encoders tests/scenegen/dataset tests/scenegen/evaluate

test-trainer: .venv-3.11/installed  ## the same readers and encoders on Python 3.11, base install
	.venv-3.11/bin/python -m pytest $(TRAINER_TESTS)

.venv-3.11/installed: requirements-3.11.txt pyproject.toml
	python3.11 -m venv .venv-3.11
	.venv-3.11/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-3.11.txt
	.venv-3.11/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What needs torch, and diffusers for a recipe: they lie in the same environment, and are asked for by version alone, for
# torch's hashes differ by device.
TORCH_TESTS := $(addprefix tests/scenegen/dataset/,training/test_loading.py training/test_mixing.py test_training_page.py)
TORCH_TESTS += tests/examples

test-train: .venv-3.11/torch-installed  ## what feeds a training job, with torch, on Python 3.11
	.venv-3.11/bin/python -m pytest $(TORCH_TESTS)

.venv-3.11/torch-installed: .venv-3.11/installed examples/requirements.txt
	.venv-3.11/bin/python -m pip install --quiet --disable-pip-version-check -r examples/requirements.txt
	@touch $@

lock: install  ## pin anew what pyproject.toml asks for
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra generate --group dev --python-version 3.13 $(LOCK) -o requirements-3.13.txt
	$(BIN)/uv pip compile pyproject.toml --group test --python-version 3.11 $(LOCK) -o requirements-3.11.txt
	$(BIN)/uv pip compile pyproject.toml --extra generate --extra cluster --extra ingest --group build --python-version 3.13 -c requirements-3.13.txt $(LOCK) -o requirements-cluster.txt
LOCK := --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

clean:  ## remove what make made, but not out/
	rm -rf $(VENV) .venv-3.11 build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
