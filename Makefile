# Two commands are enough: `make up` and `make test`. Everything else is for those who stay.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help up test check-wheels test-whatsapp test-instagram test-messenger test-evolution test-webchat fuzz demo drill cluster bench bench-context bench-long eval mutants lint format clean

PYTHON_OF_VENV = .venv/bin/python
TESTS = tests
# make test TESTS=tests/ops PYTEST="-x --lf"      make test TESTS=tests/core/checking CHECKED_ITEMS=2000
PYTEST =

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

up: ## set up what is missing, start everything, print where it is; Ctrl-C stops it
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m hudhud up

demo: ## replay bursts through real signed HTTP and print the ledger; exits by itself
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m hudhud demo

# make drill SEED=7 MINUTES=10 MESSAGES=40000 CONTACTS=800
SEED = 1
MINUTES = 5
MESSAGES = 20000
CONTACTS = 500

drill: ## kill everything while customers write, and count what the provider saw
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m hudhud drill chaos --seed $(SEED) --minutes $(MINUTES) --messages $(MESSAGES) --contacts $(CONTACTS)

test: ## all tests on real engines, with branch coverage
	@bin/setup dev
	@bin/browser
	@exec $(PYTHON_OF_VENV) -m pytest $(TESTS) -n 2 --cov --cov-report=term:skip-covered $(PYTEST)

# One channel alone: whatever has its name in a file, a test or a parameter.
test-whatsapp test-instagram test-messenger test-evolution test-webchat:
	@bin/setup dev
	@exec $(PYTHON_OF_VENV) -m pytest $(TESTS) -k $(@:test-%=%) $(PYTEST)

# make fuzz EXAMPLES=1000000
EXAMPLES = 100000

fuzz: ## throw generated webhooks at every parser, for long
	@bin/setup dev
	@FUZZ_EXAMPLES=$(EXAMPLES) exec $(PYTHON_OF_VENV) -m pytest tests/contracts -k fuzz -o timeout=0 $(PYTEST)

# make cluster SECONDS=300
SECONDS = 60

cluster: ## kill servers of a Valkey cluster, move its slots and promote replicas under load
	@bin/setup dev
	@LOAD_S=$(SECONDS) exec $(PYTHON_OF_VENV) -m pytest tests/queue/test_queue_under_load.py -rP -s -o timeout=0 $(PYTEST)

# make bench QUICK=1          make bench PEERS=saq,arq ROUNDS=5 ONLY=intake,answers
bench: ## measure speed beside the ceiling and, with PEERS, beside what one would pick instead
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m bench $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY)) \
		$(if $(PEERS),--peers $(PEERS)) $(if $(ROUNDS),--rounds $(ROUNDS))

bench-context: ## measure how answers' context is looked up: PostgreSQL near, far and slow
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m bench --only context --out build/bench-context $(if $(ROUNDS),--rounds $(ROUNDS))

# make bench-long MINUTES=60 ONLY=slope
bench-long: MINUTES = 60
bench-long: ## measure what takes hours: memory under load, a million waiting, ten million stored
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m bench --long --minutes $(MINUTES) $(if $(ONLY),--only $(ONLY)) \
		$(if $(ROUNDS),--rounds $(ROUNDS))

# make eval ONLY=phones ITEMS=folder
eval: ## measure how right the offline answers are, over the items of evaluation/
	@bin/setup
	@exec $(PYTHON_OF_VENV) -m evaluation --only "$(ONLY)" $(if $(ITEMS),--items $(ITEMS))

check-wheels: ## ask whether every pin has a wheel for every platform and Python
	@bin/setup
	@bin/wheels

mutants: ## take each law's rule out, one at a time: a test must turn red
	@bin/setup dev
	@exec $(PYTHON_OF_VENV) tests/mutants.py

lint: ## formatter, linter, types and the layers
	@bin/setup dev
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

format: ## write the code as the formatter wants it
	@bin/setup dev
	@.venv/bin/ruff format .

clean: ## remove .venv and caches; data directories stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov
