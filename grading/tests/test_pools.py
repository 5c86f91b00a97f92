"""Submissions on the workers of a Dask cluster: same results, and clear words where something is missing or lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, wait

import nbformat
import pytest

from grading import course as courses
from grading.course import CourseError
from grading.execution import job as jobs
from grading.execution import pools
from grading.execution.job import Job
from grading.tests.engine import notebook, problem, wait_until

distributed = pytest.importorskip("distributed", reason="Dask is not installed (the extra `cluster`)")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # sockets that Dask leaves to the collector


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made


@pytest.fixture
def pool(cluster):
    with pools.Cluster(cluster.scheduler_address) as made:
        yield made


def job(*cells, files=None):
    cells = [("setup", "x = 5"), *cells]
    return Job(jobs.packed(notebook(cells)), files or {}, {}, (), 20, shut_in=not problem)


def outcomes(result):
    cells = jobs.unpacked(result.notebook).cells
    return [[output.get("evalue") or output.get("text") for output in cell.outputs] for cell in cells]


def test_a_result_is_the_same_as_here(pool):
    made = job(
        ("mine", "def double(x): return 2 * x"), ("test_a", "assert double(x) == 10"), ("test_b", "double(1, 2)")
    )
    here, there = jobs.run(made), pool.submit(jobs.run, made).result(120)
    assert outcomes(here) == outcomes(there) and "TypeError" not in outcomes(there)[2]
    assert there.digest == here.digest == made.digest() and there.remarks == here.remarks
    assert outcomes(there)[3] != []


def test_jobs_run_in_other_processes_at_the_same_time(pool, tmp_path):
    """Each waits until the other one has begun, so one after another they would not end well."""
    meeting = """
import pathlib, time
place = pathlib.Path({place!r})
(place / {mine!r}).touch()
end = time.monotonic() + 60
while not (place / {other!r}).exists() and time.monotonic() < end:
    time.sleep(0.05)
"""
    futures = [
        pool._executor.submit(_run, meeting.format(place=str(tmp_path), mine=m, other=o)) for m, o in ("ab", "ba")
    ]
    pids = [future.result(120) for future in futures]
    assert len({os.getpid(), *pids}) == 3


def _run(source):
    exec(source, {})
    import pathlib

    assert len(list(pathlib.Path(source.split("'")[1]).iterdir())) == 2
    return os.getpid()


def test_a_class_is_graded_by_the_command(cluster, course, tmp_path, capsys):
    from grading import samples
    from grading.__main__ import main
    from grading.results import scores

    exercise = course.exercise("00_python")
    with courses.use_workspace(tmp_path):
        samples.hand_in(samples.submission(exercise, course, {}), "ada", exercise)
        samples.hand_in(samples.submission(exercise, course, {}, "untouched"), "ben", exercise)
        assert main(["autograde", exercise.id, "--scheduler", cluster.scheduler_address]) == 0
        points = {row.student: row.automatic for row in scores.rows(exercise)}
    assert points == {"ada": exercise.automatic, "ben": 0}
    assert "[2/2]" in capsys.readouterr().out
    assert len(cluster.scheduler_info["workers"]) == 2  # they stay for others


def test_a_worker_that_differs_is_refused(cluster, monkeypatch):
    here = pools._description()
    monkeypatch.setattr(pools, "_description", lambda: {**here, "the course": "newer", "neuron": "9.9"})
    with pytest.raises(CourseError, match="The worker tcp:.* differs from this machine: the course is .* not newer"):
        pools.Cluster(cluster.scheduler_address)


def test_a_worker_that_came_later_and_differs_refuses_the_job(pool, monkeypatch):
    here = pools._description()
    monkeypatch.setattr(pools, "_description", lambda: {**here, "numpy": "0.1"})
    with pytest.raises(RuntimeError, match="differs: numpy is .*, not 0.1"):
        pool.submit(jobs.run, job()).result(60)


def _lose_sandbox(words):
    pools.sandbox_problem = lambda: words


def _find_sandbox():
    from grading.execution import warm

    pools.sandbox_problem = warm.sandbox_problem


def test_a_result_from_outside_a_sandbox_says_so(cluster):
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.run(_lose_sandbox, "unshare: not permitted")
        try:
            with pools.Cluster(cluster.scheduler_address) as pool:
                assert pool.problem.count("unshare: not permitted") == 2
                made = job(("mine", "y = 1"), ("test_a", "assert y == 1"))
                result = pool.submit(jobs.run, made).result(120)
                assert any("it ran without a sandbox on" in remark for remark in result.remarks)
                assert result.digest == made.digest() and outcomes(result)[2] == [] and not result.shut_in
            with pytest.raises(CourseError, match="Nothing was run: workers have no sandbox .*unshare"):
                pools.Cluster(cluster.scheduler_address, require_sandbox=True)
        finally:
            client.run(_find_sandbox)


def test_a_lost_worker_costs_nothing(cluster, pool):
    slow = job(("mine", "import time; time.sleep(4); y = 1"), ("test_a", "assert y == 1"))
    future = pool.submit(jobs.run, slow)
    client = pool._client
    assert wait_until(lambda: any(client.processing().values()))
    time.sleep(1)
    busy = next(worker for worker, tasks in client.processing().items() if tasks)
    os.kill(client.run(os.getpid, workers=[busy])[busy], signal.SIGKILL)
    assert outcomes(future.result(180))[2] == []
    client.wait_for_workers(2, timeout=300)


def test_an_interrupted_run_leaves_the_cluster_to_others(cluster):
    pool = pools.Cluster(cluster.scheduler_address)
    waiting = [pool.submit(jobs.run, job(("mine", f"import time; time.sleep(3); y = {n}"))) for n in range(4)]
    pool.shutdown(wait=False, cancel_futures=True)
    assert wait(waiting, 60).not_done == set()
    lost = [future for future in waiting if future.cancelled() or future.exception()]
    assert len(lost) >= 2
    with pools.Cluster(cluster.scheduler_address) as again:
        assert outcomes(again.submit(jobs.run, job(("mine", "print(x)"))).result(120))[1] == ["5\n"]


def test_a_lost_scheduler_stops_the_run_with_words():
    with distributed.LocalCluster(n_workers=1, processes=True, dashboard_address=":0") as short:
        pool = pools.Cluster(short.scheduler_address)
        future = pool.submit(jobs.run, job(("mine", "import time; time.sleep(30)")))
    try:
        with pytest.raises(
            CourseError, match="connection to the scheduler at tcp://.* was lost. What was finished is kept"
        ):
            future.result(60)
    except CancelledError:
        pytest.fail("nobody can read that")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def test_what_is_missing_is_said(monkeypatch):
    monkeypatch.setattr(pools, "CONNECT_SECONDS", 1)
    with pytest.raises(CourseError, match="No Dask scheduler answers at tcp://127.0.0.1:9"):
        pools.Cluster("tcp://127.0.0.1:9")
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        with pytest.raises(CourseError, match="has no workers"):
            pools.Cluster(empty.scheduler_address)
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(CourseError, match="needs Dask. Install it with"):
        pools.Cluster("tcp://127.0.0.1:9")


def test_processes_are_never_more_than_asked_for(course, tmp_path):
    from grading import samples

    exercise = course.exercise("00_python")
    with courses.use_workspace(tmp_path):
        for student in ("ada", "ben", "eva"):
            samples.hand_in(nbformat.v4.new_notebook(), student, exercise)
        for workers, expected in ((1, 1), (2, 2), (9, 3)):
            with pools.local(exercise, workers=workers) as pool:
                assert pool._max_workers == expected


def test_beside_other_threads_nothing_is_forked(course, tmp_path):
    from grading import samples

    exercise, done = course.exercise("00_python"), threading.Event()
    with courses.use_workspace(tmp_path):
        samples.hand_in(nbformat.v4.new_notebook(), "ada", exercise)
        thread = threading.Thread(target=done.wait)
        thread.start()
        try:
            with pools.local(exercise) as pool:
                assert pool._mp_context.get_start_method() == "spawn"
        finally:
            done.set()
            thread.join()


INTERRUPTED = """
import os, time
from grading.execution import pools

pool = pools.Processes(1, uses=(), fork=True)
assert pool.submit(os.getppid).result() == os.getpid()
busy = pool.submit(time.sleep, 60)
while not busy.running():
    time.sleep(0.1)
pool.shutdown(wait=False, cancel_futures=True)
print("closed", flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a shared warm parent")
def test_a_fork_that_is_busy_does_not_keep_the_shared_parent():
    """It has a copy of the pipe whose end tells that one to end."""
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, cwd=courses.ROOT)
    assert done.stdout == "closed\n", done.stderr
