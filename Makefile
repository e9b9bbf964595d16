# Two commands: `make demo` and `make test`. Both first make .venv and install what is needed into it, once.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PLUGINS := plugins/ecegateway-source-reference plugins/ecegateway-source-enrolnow

.PHONY: demo test soak-nightly soak-release properties bench bench-nation bench-registers bench-growth bench-flips mutants generated pinned constraints clean

demo: $(READY)
	@$(BIN)/ecegateway demo

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses $(or $(PROCESSES),3) --dist worksteal

# Kills, errors, power cuts, servers killed and races, many more than in `make test`, all from a SEED; MINUTES=15 stops early.
# The nightly tier takes some two hours on two cores, the release tier a day. See docs/crash-safety.md.
soak-nightly soak-release: $(READY)
	@$(BIN)/python -m tests.crash.soak $(@:soak-%=%) --processes $(or $(PROCESSES),2) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

# The property tests on examples nobody has seen, so many times; `make test` tries them on the same ones each time.
properties: $(READY)
	@for round in $$(seq $(or $(TIMES),5)); do $(BIN)/pytest --quiet --numprocesses $(or $(PROCESSES),2) --hypothesis-profile=fresh tests/property || exit; done

bench: $(READY)
	@$(BIN)/python bench/pull.py
	@$(BIN)/python bench/nation.py --services 1 10

# SERVICES=4500 is the whole nation: 8 GB of disk and, on two idle cores, about an hour. See docs/measurements.md.
bench-nation: $(READY)
	@$(BIN)/python bench/nation.py --services $(or $(SERVICES),1 10 50 250) --processes $(or $(PROCESSES),1) $(if $(KEEP),--keep $(KEEP))

# How many false registers are caught, and how many honest centres accused, over generated centres. See docs/false-registers.md.
bench-registers: $(READY)
	@$(BIN)/python bench/false_registers.py --centres $(or $(CENTRES),600) --processes $(or $(PROCESSES),2)

# How many bytes a centre of 50 children needs for a year, by table. See docs/evidence.md.
bench-growth: $(READY)
	@$(BIN)/python bench/growth.py --children $(or $(CHILDREN),50)

# Bits flipped in a store, a pack, a proof and a backup, and what is made of each. FLIPS=20000 takes hours. See docs/evidence.md.
bench-flips: $(READY)
	@$(BIN)/python bench/flips.py --flips $(or $(FLIPS),2000)
	@$(BIN)/python bench/pack_flips.py --flips $(or $(FLIPS),2000)

# Mutation testing takes an hour or two; see docs/mutation.md. SAMPLE=600 runs so many, MUTANTS="ecegateway.claim.places*" those.
# A tree is laid out, mutants are made in it and it is learnt which test reaches which; then they are run. RESUME=1 goes on
# where a run was broken off.
mutants: $(READY)
	@$(if $(RESUME),true,$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[mutation]')
	@$(if $(RESUME),true,$(BIN)/python bench/mutation_tree.py)
	@$(if $(RESUME),true,cd build/mutation && $(abspath $(BIN))/mutmut run --max-children 1 "ecegateway.claim.rounding*")
	@$(BIN)/python bench/mutants.py --processes $(or $(PROCESSES),2) $(if $(RESUME),--resume) $(if $(SAMPLE),--sample $(SAMPLE)) $(MUTANTS)

# Writes anew what is generated from code: the schemas of the records, the pages on the folder format and the rules.
generated: $(READY)
	$(BIN)/python -m ecegateway.export.record_schemas
	$(BIN)/python -m ecegateway.testing.folder_docs > docs/folder-format.md
	$(BIN)/ecegateway rules page docs

# Pins what may not change unseen: the rules, their versions and their conditions. See CONTRIBUTING.md.
pinned: $(READY)
	$(BIN)/python -m tests.health.pins

$(READY): pyproject.toml constraints.txt scripts/make-venv $(PLUGINS:%=%/pyproject.toml)
	@echo "Setting up .venv (a minute or two, once) ..."
	@rm -rf .venv
	@scripts/make-venv $(PYTHON) $(MAKECMDGOALS)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' $(PLUGINS:%=-e %)
	@touch $(READY)

# Pins what a fresh environment resolves to. Names and versions only: where packages come from is each machine's business.
constraints:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet -e '.[dev,mutation]' $(PLUGINS:%=-e %)
	build/pins/bin/python -m pip freeze --exclude-editable > constraints.txt

clean:
	rm -rf .venv out build mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
