# Two commands: `make demo` and `make test`. Everything they need is set up in .venv by the first line they share.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test bench clean
READY := .venv/.ready

$(READY): pyproject.toml constraints.txt plugins/ecegateway-source-reference/pyproject.toml plugins/ecegateway-source-enrolnow/pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt \
		-e '.[dev]' -e plugins/ecegateway-source-reference -e plugins/ecegateway-source-enrolnow
	touch $(READY)

demo: $(READY)
	@$(BIN)/ecegateway demo

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(READY)
	@$(BIN)/python bench/pull.py

clean:
	rm -rf .venv out build .pytest_cache .mypy_cache .ruff_cache
