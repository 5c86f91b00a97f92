# Each target installs what it needs once, into .venv (grading/environments/install.py), and goes on from there.

.DEFAULT_GOAL := help
.PHONY: help demo lab grade notebooks test test-all test-set student-edition lock
.NOTPARALLEL:

INSTALL := python3 grading/environments/install.py
BIN := .venv/bin
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

help:
	@echo "make demo                      hand in, grade and look at the results, with made-up submissions"
	@echo "make lab                       open the notebooks in JupyterLab, with the kernel that they ask for"
	@echo "make grade EXERCISE=NN_topic   grade what lies in grading/submitted/, write feedback, CSV and report"
	@echo "make notebooks                 make all notebooks from their text files"
	@echo "make test                      check style, notebooks and grading"
	@echo "make test-all                  the same, and the long tests, also with the two other package sets"
	@echo "make test-set SET=newest       run the notebooks with another package set"
	@echo "make student-edition           commit lectures and exercises alone to the branch student-edition"
	@echo "make lock                      choose the package versions anew (needs uv)"

demo:
	@$(INSTALL)
	@$(BIN)/python -m grading demo

# The server's root is the course's folder, or nbgrader's formgrader does not find what it grades
lab:
	@$(INSTALL)
	@PATH="$(CURDIR)/$(BIN):$$PATH" JUPYTER_CONFIG_PATH="$(CURDIR)/grading:$$JUPYTER_CONFIG_PATH" \
		$(BIN)/jupyter-lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/Exercises $(AS_ROOT)

grade:
	@test -n "$(EXERCISE)" -a -d "grading/text/$(EXERCISE)" || { \
		echo "Which exercise? Write one of these behind make grade:"; \
		for folder in grading/text/*/; do echo "  EXERCISE=$$(basename $$folder)"; done; exit 2; } >&2
	@$(INSTALL)
	@for step in autograde feedback export report; do \
		$(BIN)/python -m grading $$step "$(EXERCISE)" || exit $$?; done

notebooks:
	@$(INSTALL)
	@$(BIN)/python -m grading build

test:
	@$(INSTALL)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/pytest -n 2 --dist loadfile

test-all:
	@$(INSTALL)
	@$(INSTALL) ebrains-24.04 --optional
	@$(INSTALL) newest --optional
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/pytest -n 2 --dist loadfile -m ""

test-set:
	@test -n "$(SET)" || { echo "Which package set? make test-set SET=newest, or SET=ebrains-24.04" >&2; exit 2; }
	@$(INSTALL)
	@$(INSTALL) $(SET)
	@$(BIN)/pytest -n 2 --dist loadfile -m sets -k "$(SET)"

student-edition:
	@$(INSTALL)
	@$(BIN)/python -m grading student-edition --commit

lock:
	@$(INSTALL)
	@$(BIN)/python grading/environments/lock.py
