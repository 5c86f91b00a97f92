"""A kernel in the place of one that has ended: what ends it after it has finished is found, and nobody else blamed."""

import asyncio
from types import SimpleNamespace
from unittest.mock import AsyncMock

import pytest

from grading.execution import replace
from grading.execution.job import Job, run, unpacked
from grading.execution.replace import Kernels
from grading.execution.session import StudentKernel
from grading.tests import engine
from grading.tests.engine import needs_sandbox, notebook

factory, go = engine.factory, engine.go
pytestmark = needs_sandbox

FUSE = 0.7  # seconds; what runs takes longer, what is asked shorter
ALARM = f"signal.signal(signal.SIGALRM, lambda *_: os._exit(0)); signal.setitimer(signal.ITIMER_REAL, {FUSE}, {FUSE})"
BOMBS = {
    "alarm": f"import os, signal\n{ALARM}",
    "thread": f"import os, threading\nthreading.Timer({FUSE}, os._exit, (0,)).start()",
    "hook": "import os\nget_ipython().events.register('pre_run_cell', lambda *_: os._exit(0))",
}
LONG = [(f"long{number}", f"import time; time.sleep({1.5 * FUSE}); got{number} = {number}") for number in range(4)]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_cell_that_ends_each_kernel_later_on_is_found_and_left_out(bomb, go):
    """What it had cut short runs again without it, so that what comes after finds all names."""
    cells = [("first", "a = 1"), ("bomb", BOMBS[bomb]), ("second", "b = 2"), *LONG, ("third", "c = got0 + got3")]
    outcome = go(*cells, ("test_all", "assert (a, b, c) == (1, 2, 3)"), seconds=10)
    assert outcome.says == {"test_all": ""}, outcome.remarks
    assert [remark.split(" ends ")[0] for remark in outcome.remarks if "left out" in remark] == ["bomb"]


def test_two_that_end_each_kernel_are_both_found(go):
    cells = [("first", "a = 1"), ("bomb1", BOMBS["alarm"]), ("second", "b = 2"), ("bomb2", BOMBS["thread"]), *LONG]
    outcome = go(*cells, ("test_all", "assert (a, b, got3) == (1, 2, 3)"), seconds=10)
    assert outcome.says == {"test_all": ""}, outcome.remarks
    assert [remark.split(" ends ")[0] for remark in outcome.remarks if "left out" in remark] == ["bomb1", "bomb2"]


def test_nothing_is_left_out_where_calls_end_the_kernel(go):
    cells = [("first", "a = 1"), ("mine", "import os\ndef die(): os._exit(1)"), ("last", "b = 2")]
    deaths = [(f"test_{number}", "die()") for number in range(4)]
    outcome = go(*cells, *deaths, ("test_all", "assert (a, b) == (1, 2)"), ("test_die", "assert callable(die)"))
    assert outcome.says["test_all"] == outcome.says["test_die"] == ""
    assert len(outcome.remarks) == 4 and all("the kernel ended in test_" in remark for remark in outcome.remarks)


def test_a_kernel_that_somebody_ends_while_it_is_made_costs_nothing(go, monkeypatch):
    """Just when `mine` runs again: it is not to blame."""
    ran, execute = [], StudentKernel.execute

    async def disturbed(self, cell, index):
        ran.append(cell.source)
        if ran.count("x = 1") == 2:
            await self.manager.provisioner.kill()
            await self.end()
            ran.append("x = 1")
        await execute(self, cell, index)

    monkeypatch.setattr(StudentKernel, "execute", disturbed)
    outcome = go(("mine", "x = 1"), ("death", "import os; os._exit(1)"), ("test_x", "assert x == 1"))
    assert outcome.says == {"test_x": ""} and len(outcome.remarks) == 1
    assert ran.count("x = 1") > 3, "it was not disturbed"


def test_a_first_run_is_over_where_a_kernel_ended_by_itself(tmp_path, monkeypatch):
    """The second counts."""
    ran, execute = [], StudentKernel.execute

    async def counted(self, cell, index):
        ran.append(cell.source)
        await execute(self, cell, index)

    monkeypatch.setattr(StudentKernel, "execute", counted)
    end = "import os; os._exit(1)"
    made = notebook([("mine", end), ("after", "x = 1"), ("test_x", "assert x == 1")])
    result = unpacked(run(Job.make(made, tmp_path, tmp_path, (), 20, True)).notebook)
    assert ran == [end, end, "x = 1"] and result.cells[-1].outputs == []


@pytest.fixture
def kernels(monkeypatch):
    """Kernels of twelve finished cells, each third of them locked, that end where a harmful cell runs."""
    cells = notebook([("test" if number % 3 == 0 else "mine", "1") for number in range(12)]).cells

    def make(harmful, end=float("inf")):
        async def replay(self, last, patience):
            replays.append(last)
            return last if any(index <= last and index in self.finished for index in harmful) else None

        replays = []
        monkeypatch.setattr(Kernels, "_replay", replay)
        made = Kernels(None, None, cells, 20, end, [], lambda why: None, finished=dict(enumerate(cells)))
        made.begun, made.replays = 0.0, replays
        made.kernel = SimpleNamespace(kill=AsyncMock())
        return made

    return make


@pytest.mark.parametrize("harmful", [1, 2, 4, 5, 7, 8, 10, 11])
def test_the_first_of_the_harmful_cells_is_found_in_few_steps(harmful, kernels):
    made = kernels({harmful, 11})
    assert asyncio.run(made._culprit(11, 1.0)) == harmful
    assert len(made.replays) <= 5
    asyncio.run(made.replace())
    assert set(range(12)) - set(made.finished) == {harmful, 11} and not made.restarts > 3


@pytest.mark.parametrize(("harmful", "to_blame"), [(0, None), (3, 2), (9, 8)])
def test_a_cell_of_the_course_is_never_left_out(harmful, to_blame, kernels):
    """Something of the student's before it has to do with it, or nothing."""
    made = kernels({harmful})
    assert asyncio.run(made._culprit(11, 1.0)) == to_blame
    asyncio.run(made.replace())
    assert {0, 3, 6, 9} <= set(made.finished)


def test_the_search_ends_with_the_time_for_the_notebook(kernels):
    made = kernels({5}, end=0.0)
    assert asyncio.run(made._culprit(11, 1.0)) is None and not asyncio.run(made.replace())


def test_cells_that_were_cut_short_come_back_in_their_order(kernels):
    made = kernels({5})
    made.cut_short = {7: made.finished.pop(7), 2: made.finished.pop(2)}
    asyncio.run(made.replace())
    assert set(range(12)) - set(made.finished) == {2, 5} and replace.SUSPICIOUS < replace.MAX_RESTARTS
