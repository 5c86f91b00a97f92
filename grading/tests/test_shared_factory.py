"""One warm parent for several processes that grade: each gets a factory of its own from it, students cannot reach it."""

import os
import signal
import time

import psutil
import pytest

from grading.execution.warm import SharedFactory
from grading.tests import engine, test_sandbox
from grading.tests.engine import alive, all_ended, needs_sandbox, wait_until

factory, go, new_factory, look = engine.factory, engine.go, engine.new_factory, test_sandbox.look

CELLS = [("mine", "x = 1"), ("test_a", "assert x == 1")]


@pytest.fixture
def shared():
    made = SharedFactory(())
    yield made
    made.close()


def test_two_processes_take_their_kernels_from_one_warm_parent(shared, go, new_factory):
    first, second = (new_factory(shared=shared.address) for _ in range(2))
    for factory in (first, second):
        assert go(*CELLS, factory=factory).says["test_a"] == ""
        assert factory._process is None  # none was started
    assert len(psutil.Process(shared._process.pid).children()) == 2
    first.close()
    assert wait_until(lambda: len(alive(psutil.Process(shared._process.pid).children())) == 1)
    assert go(*CELLS, factory=second).says["test_a"] == ""


@needs_sandbox
def test_a_submission_cannot_reach_it(shared, look, new_factory):
    connect = f"socket.socket(socket.AF_UNIX).connect({shared.address!r})"
    found = look(connect, f"os.path.exists({shared.address!r})", factory=new_factory(shared=shared.address))
    assert found == ["FileNotFoundError", False] and os.path.exists(shared.address)


def test_one_of_its_own_takes_its_place_when_it_has_ended(shared, go, new_factory):
    factory = new_factory(shared=shared.address)
    assert go(*CELLS, factory=factory).says["test_a"] == ""
    os.kill(shared._process.pid, signal.SIGKILL)
    time.sleep(0.5)
    assert go(*CELLS, factory=factory).says["test_a"] == "" and factory._process is not None


def test_nothing_is_left_when_it_is_closed(go, new_factory):
    shared = SharedFactory(())
    factory = new_factory(shared=shared.address)
    assert go(*CELLS, factory=factory).says["test_a"] == ""
    family = psutil.Process(shared._process.pid).children(recursive=True)
    shared.close()
    shared.close()
    assert family and all_ended(family)
    assert not os.path.exists(shared.address)
