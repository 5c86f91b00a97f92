"""Single moves against the grader, too small for a submission of their own in the corpus."""

import base64
import io
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from nbformat import NotebookNode
from PIL import Image

from grading.execution import outputs, values
from grading.execution.exceptions import StudentError
from grading.execution.job import NOT_SHUT_IN, Job, run, unpacked
from grading.execution.limits import Limits
from grading.execution.provisioner import descendants, tasks, usage
from grading.execution.remote import receive
from grading.execution.session import Grader
from grading.execution.watch import LEAST_PRIORITY, OWN_GROWTH_MB, Watch, busy
from grading.tests import engine
from grading.tests.engine import needs_sandbox, notebook

factory, go = engine.factory, engine.go


@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration", "Own"])
def test_what_ends_a_loop_without_a_word_crosses_as_an_ordinary_error(name):
    known = ["StopAsyncIteration" if "Async" in name else "StopIteration", "Exception", "BaseException", "object"]

    def call(x):
        return receive(None, ["raised", name, "", [], known])

    with pytest.raises(StudentError, match=name):
        list(map(call, [1.0, 2.0]))


@pytest.mark.parametrize("kind", ["<U0", "|S0"])
def test_an_array_of_nothing_takes_no_memory(kind):
    with pytest.raises(ValueError, match="size"):
        values.decode(f'["array","{kind}",[60000000,60],""]')


def test_an_update_costs_what_it_writes():
    client = outputs.Client(notebook([("mine", "")]))
    shown = {"data": {}, "metadata": {}, "transient": {"display_id": "x"}}
    assert client._cost(shown) == client._cost({}) == outputs.LEAST_BYTES
    client._display_id_map["x"] = {0: list(range(1000))}
    assert client._cost(shown) == 1001 * outputs.LEAST_BYTES
    assert client._cost({"text": "x" * 5000}) > 5000


def test_words_of_an_exception_move_no_terminal():
    cell = nbformat.v4.new_code_cell("")
    evil = "\x1b]0;title\x07\x1b[2J\r\x08\x00\x9b31m\u202edesrever\nnext"
    cell.outputs = [NotebookNode(output_type="error", ename=evil, evalue=evil, traceback=[])]
    outputs.clean(cell)
    for words in (cell.outputs[0].ename, cell.outputs[0].evalue):
        assert all(letter.isprintable() or letter == "\n" for letter in words)
        assert "desrever" in words and "next" in words


def shown(data):
    """What is left of an output."""
    cell = nbformat.v4.new_code_cell("")
    cell.outputs = [NotebookNode(output_type="display_data", data=data, metadata={})]
    outputs.clean(cell)
    return cell.outputs[0].data


def test_a_table_does_not_multiply_when_it_is_cleaned():
    """Whoever parses HTML repeats open tags that differ in each paragraph that follows."""
    tags = "".join(f"<b id={number}>" for number in range(300))
    made = shown({"text/html": f"<table><tr><td><p>{tags}</p>{'<p>x</p>' * 300}"})["text/html"]
    assert "<td>" in made and len(made) < 30_000
    assert (
        shown({"text/html": '<table class="dataframe"><td style="x">1</td></table>'})["text/html"].count("<td>1") == 1
    )
    assert shown({"text/html": "<table>" + "x" * 50_000, "text/plain": "x"}) == {"text/plain": "x"}


def picture(kind, *size):
    stream = io.BytesIO()
    Image.new("1" if kind == "png" else "L", size).save(stream, kind)
    return base64.b64encode(stream.getvalue()).decode()


def test_pictures_are_pictures_that_a_browser_can_bear():
    small = {"image/png": picture("png", 30, 20), "image/jpeg": picture("jpeg", 30, 20)}
    assert shown(small) == {**small, "text/plain": ""}
    exchanged = {"image/png": small["image/jpeg"], "image/jpeg": "aGVsbG8="}
    large = [{"image/png": picture("png", *size)} for size in ((5001, 5000), (10_001, 1), (1, 10_001))]
    assert [shown(data) for data in (exchanged, *large)] == [{"text/plain": ""}] * 4


@needs_sandbox
def test_a_grader_that_does_not_begin_costs_one_test(go, monkeypatch):
    """A kernel can flood it as soon as it connects."""
    begun, before = [], Grader.start

    async def start(self, kernel):
        begun.append(kernel)
        if len(begun) == 1:
            raise EOFError("the grader ended")
        await before(self, kernel)

    monkeypatch.setattr(Grader, "start", start)
    outcome = go(("mine", "x = 1"), ("test_a", "assert x == 1"), ("test_b", "assert x == 1"))
    assert "process that judges it ended" in outcome.says["test_a"] and outcome.says["test_b"] == ""


class Kernel:
    """A kernel with so many processes."""

    def __init__(self, processes):
        self.processes, self.killed = processes, False

    def family(self):
        return [SimpleNamespace(pid=0)] * self.processes  # of which the system knows nothing

    def kill_now(self):
        self.killed = True


@pytest.fixture
def watched(monkeypatch):
    """A watch over a kernel that uses so much: memory in MB, processes, open files."""

    def watch(memory_mb, processes, files):
        monkeypatch.setattr("grading.execution.watch.usage", lambda family: (memory_mb, files))
        return Watch(Kernel(processes), Limits())

    return watch


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ((2001.0, 1, 50), "more than 2000 MB of memory"),
        ((100.0, 65, 50), "more than 64 processes"),
        ((100.0, 60, 1025), "more than 1024 files"),
    ],
)
def test_a_kernel_that_takes_too_much_is_stopped(use, words, watched):
    watch = watched(*use)
    watch.start()
    watch.join(20)
    assert not watch.is_alive()
    assert words in watch.reason and watch._provisioner.killed


def test_a_kernel_may_take_all_that_it_may(watched):
    watch = watched(1999.0, 64, 1024)
    assert (watch._problem(), watch.peak_memory_mb) == ("", 1999.0)


def test_a_watch_that_is_told_to_stop_ends_and_leaves_the_kernel_alone(watched):
    watch = watched(100.0, 1, 50)
    watch.start()
    watch.stop()
    watch.join(20)
    assert not watch.is_alive() and not watch._provisioner.killed and not watch.reason


def test_what_forks_share_counts_once():
    own = psutil.Process()
    assert usage([own, own])[1] == usage([own])[1] > 0


def test_a_kernel_that_keeps_the_grader_busy_or_fills_its_memory_is_stopped(watched):
    late = watched(100.0, 1, 50)
    late.deadline = 0.0
    assert "busy" in late._problem()
    filled = watched(100.0, 1, 50)
    assert filled._problem() == ""
    filled._own_mb = psutil.Process().memory_info().rss / 1e6 - OWN_GROWTH_MB - 1
    assert "sent more than can be read" in filled._problem()


@pytest.mark.parametrize("listed", [True, False])
def test_all_that_a_kernel_has_started_is_found(listed, monkeypatch):
    """Also what a thread of it started, and what that started; with the system's own list and without it."""
    there = os.path.exists
    monkeypatch.setattr(os.path, "exists", lambda path: there(path) and (listed or not str(path).endswith("/children")))
    chain = "sleep 60 & (sleep 60 & sh -c 'sleep 60 & wait' & wait) & wait"
    code = "import subprocess, threading\nthreading.Thread(target=subprocess.run, args=[['sh', '-c', {!r}]]).start()"
    with subprocess.Popen([sys.executable, "-c", code.format(chain)], start_new_session=True) as process:
        try:
            own = psutil.Process(process.pid)
            assert engine.wait_until(lambda: [part.name() for part in descendants(own)].count("sleep") == 3)
            assert {part.pid for part in descendants(own)} == {part.pid for part in own.children(recursive=True)}
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="Linux counts tasks there")
@pytest.mark.parametrize(
    ("number", "does", "gives_way"),
    [
        (4, "while :; do :; done", True),  # on two cores four leave a grader less than half of one
        (2, "while :; do :; done", False),
        (20, "exec sleep 60", False),
    ],
)
def test_a_kernel_that_computes_in_many_processes_gives_way(number, does, gives_way, watched):
    """Each would get as much of a processor as an honest kernel beside it, which would then run out of time, and as a grader
    that measures how long its own loop takes to compare a student's function with it. What runs cells keeps its part."""
    spin = f"for i in $(seq {number}); do ({does}) & done; wait"
    expected = LEAST_PRIORITY if gives_way else os.getpriority(os.PRIO_PROCESS, 0)
    with subprocess.Popen(["sh", "-c", spin], start_new_session=True) as shell:
        try:
            family = psutil.Process(shell.pid)
            computing = 0 if "sleep" in does else number
            assert engine.wait_until(lambda: len(tasks(family.children())) == number)
            assert engine.wait_until(lambda: busy(tasks(family.children())) == computing)
            watch = watched(100.0, 1, 50)
            watch._provisioner.family = lambda: [family, *family.children()]
            assert watch._problem() == "" and watch._problem() == ""
            found = {child.nice() for child in family.children()}
            assert found == {expected} and family.nice() == os.getpriority(os.PRIO_PROCESS, 0)
        finally:
            os.killpg(shell.pid, signal.SIGKILL)


@pytest.mark.parametrize("shut_in", [pytest.param(True, marks=needs_sandbox), False])
def test_each_result_says_that_there_was_no_sandbox(shut_in, tmp_path):
    job = Job.make(notebook([("mine", "x = 1")]), tmp_path, tmp_path, (), 20, shut_in)
    assert run(job).remarks == ([] if shut_in else [NOT_SHUT_IN])


@needs_sandbox
def test_a_submission_whose_kernel_was_ended_runs_once_more_and_one_that_ends_itself_does_so_again(
    tmp_path, monkeypatch
):
    from grading.execution import run as engine

    runs = []
    before = engine.Execution._execute

    async def disturbed(self, cell, index):
        if not runs:
            await self.kernel.manager.provisioner.kill()  # by nobody who says so
        runs.append(cell.source)
        await before(self, cell, index)

    monkeypatch.setattr(engine.Execution, "_execute", disturbed)
    result = run(Job.make(notebook([("mine", "x = 1")]), tmp_path, tmp_path, (), 20, True))
    assert (runs, result.remarks) == (["x = 1", "x = 1"], [])
    runs[:] = ["before"]
    result = run(Job.make(notebook([("mine", "import os; os._exit(1)")]), tmp_path, tmp_path, (), 20, True))
    assert len(runs) == 3 and "the kernel ended in mine" in result.remarks[0]


@needs_sandbox
def test_nobody_gets_a_second_guess_by_an_end_of_his_own(tmp_path, monkeypatch):
    """The first guess is wrong, and the kernel ends itself; the second would be right."""
    from grading.execution import session

    start, guesses = session.StudentKernel.start, iter(("wrong", "right"))

    async def lucky(self):
        await start(self)
        await self.answers(f"guess = {next(guesses)!r}", 5)

    monkeypatch.setattr(session.StudentKernel, "start", lucky)
    cells = [("test_guess", "assert guess == 'right'"), ("mine", "import os; os._exit(1)")]
    result = unpacked(run(Job.make(notebook(cells), tmp_path, tmp_path, (), 20, True)).notebook)
    assert [output.ename for output in result.cells[0].outputs] == ["AssertionError"]
