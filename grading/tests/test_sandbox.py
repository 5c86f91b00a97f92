"""The sandbox from inside and from outside: what a submission's kernel sees, reaches, uses up and leaves behind."""

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
from pathlib import Path

import psutil
import pytest

from grading import course as courses
from grading.execution import sandbox, warm
from grading.execution.limits import Limits
from grading.tests import engine
from grading.tests.engine import all_ended, needs_sandbox, wait_until

factory, go, new_factory = engine.factory, engine.go, engine.new_factory


@pytest.fixture
def look(go):
    """What expressions are inside: `look("os.getcwd()")`; an exception is its name."""

    def looked(*expressions, before="", **options):
        source = ["import ctypes, json, os, resource, signal, socket, subprocess, sys, time", before, "_found = []"]
        for expression in expressions:
            source += ["try:", f"    _found.append(eval({expression!r}))"]
            source += ["except BaseException as _error:", "    _found.append(type(_error).__name__)"]
        outcome = go(("mine", "\n".join([*source, "print(json.dumps(_found))"])), ("test_a", "assert 1"), **options)
        assert outcome.says["test_a"] == "", outcome
        return json.loads(next(line for line in outcome.shows["mine"].splitlines() if line.startswith("[")))

    return looked


def refused(found):
    return found in (
        "PermissionError",
        "OSError",
        "FileNotFoundError",
        "ConnectionRefusedError",
        "ProcessLookupError",
        -1,
    )


@needs_sandbox
def test_no_network(look):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(f"\0course-test-{os.getpid()}")  # an abstract address: no file system hides it
        local.listen()
        host, port = server.getsockname()
        found = look(
            f"bool(socket.create_connection(({host!r}, {port}), 2))",
            f"socket.socket(socket.AF_UNIX).connect('\\0course-test-{os.getpid()}')",
            "bool(socket.create_connection(('1.1.1.1', 53), 2))",
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))",
            "[name for _, name in socket.if_nameindex() if name != 'lo' and "
            "open(f'/proc/net/route').read().count(name)]",
            "bool(socket.socket(socket.AF_VSOCK))",  # the line from a virtual machine to its host: no namespace cuts it
            "bool(socket.socket(socket.AF_PACKET, socket.SOCK_RAW))",
            "[bool(socket.socket(family)) for family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)]",
        )
    assert all(refused(item) for item in [*found[:4], *found[5:7]]), found
    assert found[4] == [] and found[7] == [True] * 3


@needs_sandbox
def test_the_system_is_read_only_and_the_working_folder_is_not(look):
    places = [
        "/usr/x",
        f"{sys.prefix}/x",
        f"{os.__file__}",
        json.__file__,
        "/etc/x",
        f"{shutil.__file__}x",
        "/x",
        "/dev/x",
    ]
    sockets = "os.path.dirname(__import__('ipykernel').get_connection_file()) + '/x'"
    files = [f"bool(open({place!r}, 'a'))" for place in places]
    found = look(*files, f"bool(open({sockets}, 'w'))", "open('x', 'w').write('y')")
    as_root = os.geteuid() == 0
    for place, item in zip(places, found[:-2], strict=True):
        assert refused(item) or (not as_root and place in ("/x", "/etc/x", "/dev/x")), (place, item)
    assert refused(found[-2]) and found[-1] == 1


@needs_sandbox
def test_tmp_is_private(look):
    with tempfile.NamedTemporaryFile() as file:
        found = look(f"os.path.exists({file.name!r})", "open('/tmp/course-test-private', 'w').write('x')")
    assert found == [False, 1] and not Path("/tmp/course-test-private").exists()
    assert look("os.path.exists('/tmp/course-test-private')") == [False]


@needs_sandbox
def test_nothing_of_the_grading_is_in_sight(look, tmp_path):
    (tmp_path / "submitted/berta").mkdir(parents=True)
    (tmp_path / "gradebook.db").write_text("secret")
    root = str(courses.ROOT)
    with courses.use_workspace(tmp_path):
        found = look(
            f"os.path.exists({root + '/grading'!r})", f"os.path.exists({root + '/course.toml'!r})",
            f"os.path.exists({str(tmp_path)!r})", "str(__import__('grading'))", "str(__import__('grading.course'))",
            "[os.path.join(p, n) for p, _, names in os.walk('/') for n in names if n.endswith(('.db', '.ipynb', '.sqlite'))"
            " and 'site-packages' not in p and not p.startswith(('/proc', '/usr'))]",
            "os.listdir('/home'), os.listdir('/home/student'), os.listdir('.')",
        )  # fmt: skip
    assert found[:3] == [False] * 3
    assert found[3:5] == ["ModuleNotFoundError"] * 2
    assert found[5] == []
    assert found[6][0] == ["student"] and "checks.py" in found[6][2]


@needs_sandbox
def test_a_course_inside_a_system_folder_is_hidden(look, monkeypatch, tmp_path):
    """In a container the course may lie below /usr, which is shown."""
    inside = Path("/usr/share/course-test")
    if os.geteuid() != 0:
        pytest.skip("only root can write there")
    (inside / "grading").mkdir(parents=True)
    try:
        assert look(f"os.path.exists('{inside}/grading')") == [True]
        monkeypatch.setattr(warm, "hidden_paths", lambda: [str(inside)])
        assert look(f"os.path.exists('{inside}/grading')", f"os.listdir('{inside}')") == [False, []]
    finally:
        shutil.rmtree(inside)


@needs_sandbox
def test_the_environment_is_cleared(look, monkeypatch, new_factory):
    monkeypatch.setenv("DATABASE_PASSWORD", "secret-of-the-instructor")
    factory = new_factory()
    found = look(
        "'secret-of' in str(os.environ)", "b'secret-of' in open('/proc/self/environ', 'rb').read()",
        "[p for p in os.listdir('/proc') if p.isdigit() and b'secret-of' in open(f'/proc/{p}/environ', 'rb').read()]",
        "subprocess.run('env', capture_output=True).stdout.decode().count('secret-of')", "sorted(os.environ)",
        factory=factory,
    )  # fmt: skip
    assert found[0] is False and found[1] in (False, "PermissionError") and found[2] in ([], "PermissionError"), found
    assert found[3] == 0
    assert "HOME" in found[4] and not [name for name in found[4] if name.startswith(("COURSE", "JUPYTER", "PYTEST"))]


@needs_sandbox
def test_processes_of_others_are_out_of_reach(look):
    found = look(
        "[p for p in os.listdir('/proc') if p.isdigit()]", f"os.kill({os.getpid()}, 0)", "os.getppid()",
        f"os.path.exists('/proc/{os.getpid()}/cmdline')",
    )  # fmt: skip
    assert len(found[0]) <= 3 and refused(found[1]) and found[2:] == [0, False]


@needs_sandbox
def test_no_rights(look):
    libc = "ctypes.CDLL(None, use_errno=True)"
    found = look(
        "[line.split()[1] for line in open('/proc/self/status') if line.startswith(('CapEff', 'CapPrm', 'CapBnd'))]",
        "[line.split()[1] for line in open('/proc/self/status') if line.startswith(('NoNewPrivs', 'Seccomp:'))]",
        "os.getuid() == 0", "os.setuid(0)", "os.mknod('/tmp/disk', 0o60666, os.makedev(8, 0))", "os.chroot('/tmp')",
        f"{libc}.unshare(0x10000000)", f"{libc}.unshare(0x00020000)", f"{libc}.mount(b'x', b'/tmp', b'tmpfs', 0, None)",
        f"{libc}.umount2(b'/usr', 2)", f"{libc}.ptrace(0, 0, 0, 0)", f"{libc}.syscall(319, b'x', 0)",  # memfd_create
        f"{libc}.shmget(0, 4096, 0o1600)", f"{libc}.prctl(1, 0, 0, 0, 0)",
        "subprocess.run(['unshare', '-U', 'true'], capture_output=True).returncode",
        "__import__('os').memfd_create('x')", "threading.Thread(target=print).start()",
        before="import threading",
    )  # fmt: skip
    assert set(found[0]) == {"0" * 16} and found[1] == ["1", "2"]
    assert found[2] is False
    if os.geteuid() == 0:
        assert refused(found[3])
    assert all(refused(item) for item in [*found[4:14], found[15]]), found
    assert found[14] != 0 and found[16] is None


@needs_sandbox
def test_memory_that_no_process_shows_is_refused(look):
    """Semaphores, shared pages that nobody maps any more, tables of pages only looked at, files without content."""
    found = look(
        "libc.semget(0, 32000, 0o1600)", "mmap.mmap(-1, 4096)", "os.path.exists('/dev/zero')",
        "libc.mmap(None, ctypes.c_size_t(1 << 37), 1, 0x22, -1, 0)",
        "[os.mknod(f'/tmp/{number}') for number in range(60_000)]",
        "len(mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))",
        before="import mmap\nlibc = ctypes.CDLL(None)",
    )  # fmt: skip
    assert found == [-1, "PermissionError", False, -1, "OSError", 4096]


@needs_sandbox
def test_a_system_without_memory_ends_kernels_first(look):
    assert look("open('/proc/self/oom_score_adj').read()") == ["1000\n"]


@needs_sandbox
def test_the_factory_is_out_of_reach(look, factory):
    look("1")
    pipes = {os.readlink(f"/proc/{factory._process.pid}/fd/{number}") for number in (0, 1)} - {"/dev/null"}
    found = look(
        "[os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') if os.path.islink(f'/proc/self/fd/{n}')]"
    )
    assert pipes and not pipes & set(found[0])
    assert not [name for name in found[0] if name.startswith("/") and not name.startswith("/dev/null")], found


@needs_sandbox
def test_files_are_limited(look):
    def fill(path):
        return f"all(open({path!r}, 'ab').write(bytes(20_000_000)) for _ in range(30))"

    found = look(fill("/tmp/large"), "os.path.getsize('/tmp/large') < 600e6", fill("large"), fill("/dev/shm/large"))
    assert found[0] == found[2] == found[3] == "OSError" and found[1] is True
    opened = "[made.append(os.open('/dev/null', 0)) for _ in range(10_000)]"
    found = look(opened, "len(made) < 600 and not any(map(os.close, made))", before="made = []")
    assert found == ["OSError", True]


@needs_sandbox
def test_processes_are_limited_for_each_kernel_by_itself(go, tmp_path, new_factory):
    """A bomb in one kernel takes nothing from a kernel of another worker."""
    bomb = """
import os, time
started = 0
try:
    while started < 300:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        started += 1
except OSError:
    pass
print(started)
"""
    threads = "import threading\n[threading.Thread(target=lambda: None).start() for _ in range(30)]\nx = 1"
    (tmp_path / "other").mkdir()
    others = []

    def other():
        from grading.tests.engine import run_cells

        factory = new_factory()
        others.append(run_cells([("mine", threads), ("test_a", "assert x == 1")] * 3, tmp_path / "other", factory))

    thread = threading.Thread(target=other)
    thread.start()
    outcome = go(("first", "a = 1"), ("mine", bomb + "time.sleep(6)"), ("test_a", "assert a == 1"))
    thread.join()
    assert outcome.says["test_a"] == "" and int(outcome.shows["mine"].split()[0]) < 64, outcome
    assert others[0].says["test_a"] == "" and others[0].remarks == []


def test_each_kernel_has_limits_with_or_without_a_sandbox(look, new_factory):
    for shut_in in [False] if needs_sandbox.args[0] else [True, False]:
        factory = new_factory(shut_in=shut_in)
        found = look(
            *(f"resource.getrlimit(resource.RLIMIT_{name})" for name in ("CPU", "FSIZE", "NOFILE", "CORE", "DATA")),
            "sorted(os.environ)", factory=factory,
        )  # fmt: skip
        limits = Limits()
        megabyte = 1024 * 1024
        wanted = [limits.cpu_seconds, limits.files_mb * megabyte, limits.open_files, 0, 2 * limits.memory_mb * megabyte]
        assert found[:5] == [[value, value] for value in wanted]
        assert not [name for name in found[5] if name.startswith(("COURSE", "JUPYTER", "PYTEST"))]


def test_no_kernel_may_put_itself_before_others(monkeypatch):
    """Even where users may ask for real time or a higher priority. (A system that allows it is rare, so it is played.)"""
    asked = {}
    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", lambda which, values: asked.update({which: values}))
    Limits().apply()
    assert asked[resource.RLIMIT_RTPRIO] == asked[resource.RLIMIT_NICE] == (0, 0)


@needs_sandbox
def test_links_beside_the_notebook_lead_nowhere(look, tmp_path):
    (tmp_path / "student").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "student/link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "student/folder").symlink_to(tmp_path)
    (tmp_path / "student/zero").symlink_to("/dev/zero")
    assert look("[n for n in ('link.txt', 'folder', 'zero') if os.path.lexists(n)]") == [[]]


DAEMON = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)  # {marker}"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)  # {marker}"])
    os._exit(0)
"""


def marked(marker):
    found = []
    for process in psutil.process_iter():
        try:
            if marker in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.parametrize("shut_in", [pytest.param(True, marks=needs_sandbox), False])
def test_daemons_do_not_outlive_the_kernel(shut_in, go, tmp_path, new_factory):
    marker = f"daemon-{os.getpid()}-{shut_in}"
    factory = new_factory(shut_in=shut_in)
    seen = threading.Event()

    def watch():
        if wait_until(lambda: len(marked(marker)) == 2):
            seen.set()

    thread = threading.Thread(target=watch)
    thread.start()
    outcome = go(("mine", DAEMON.format(marker=marker)), ("nap", "import time; time.sleep(3)"), factory=factory)
    thread.join()
    assert seen.is_set(), outcome
    assert wait_until(lambda: not marked(marker))


def test_a_kernel_whose_guard_has_died_already_does_not_begin(tmp_path):
    """Without a sandbox its death signal would come from whoever is parent by then."""
    script = f"""
import os
from grading.execution.limits import Limits
from grading.execution.sandbox import settle_without
settle_without({str(tmp_path)!r}, Limits(), os.getppid() + GONE)
print("begins")
"""
    for gone, begins in ((0, "begins"), (1, "")):
        words = [sys.executable, "-c", script.replace("GONE", str(gone))]
        done = subprocess.run(words, cwd=courses.ROOT, capture_output=True, text=True)
        assert (done.stdout.strip(), done.stderr, bool(done.returncode)) == (begins, "", bool(gone))


@needs_sandbox
def test_kernels_end_with_whoever_started_them(tmp_path):
    """`kill -9` of the process that grades: the kernel, which may try to outlive it, and its daemons end."""
    marker = f"orphan-{os.getpid()}"
    reset = "import ctypes; ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)"
    script = f"""
from pathlib import Path
from grading.execution.warm import Factory
from grading.tests.engine import run_cells
run_cells([("mine", {(reset + DAEMON.format(marker=marker) + "while True: pass")!r})], Path({str(tmp_path)!r}), Factory(), 60)
"""
    process = subprocess.Popen([sys.executable, "-c", script], cwd=courses.ROOT)
    assert wait_until(lambda: len(marked(marker)) >= 2, 60)
    family = process_family(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert all_ended(family)
    assert not marked(marker)


def process_family(pid):
    return psutil.Process(pid).children(recursive=True)


# --- Other users, other systems ------------------------------------------------------------------------------------------

SCRIPT = """
import json, os, sys, tempfile
from pathlib import Path
from grading.execution.warm import Factory, sandbox_problem
from grading.tests.engine import run_cells
problem = sandbox_problem()
factory = Factory(shut_in=not problem)
look = '''
import os, socket, json
def tried(what):
    try: return str(what())
    except BaseException as error: return type(error).__name__
print(json.dumps([os.getuid(), os.path.exists({root!r} + "/grading"), tried(lambda: open("/usr/x", "w")),
    [name for _, name in socket.if_nameindex()], [line.split()[1] for line in open("/proc/self/status") if "CapEff" in line],
    tried(lambda: open({folder!r} + "/written", "w"))]))
'''.format(root={root!r}, folder=os.environ["HOME"])
cells = [("mine", look), ("answer", "def double(x): return 2 * x"), ("test_a", "assert double(2) == 4")]
bomb = '''
import os, time
try:
    for _ in range(300):
        if os.fork() == 0:
            time.sleep(30); os._exit(0)
except OSError: pass
'''
cells += [("loop", "def loop():\\n    while True: pass"), ("test_b", "loop()"), ("bomb", bomb), ("test_c", "assert double(3) == 6")]
outcome = run_cells(cells, Path(tempfile.mkdtemp()), factory, seconds=4)
factory.close()
print(json.dumps([problem, outcome.says, json.loads(outcome.shows["mine"]), outcome.remarks]))
"""


def run_script(command, tmp_path, before=""):
    script = tmp_path / "script.py"
    script.write_text(before + SCRIPT.replace("{root!r}", repr(str(courses.ROOT))))
    variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, sys.executable, str(script)],
        cwd=courses.ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@needs_sandbox
@pytest.mark.skipif(os.geteuid() != 0, reason="all of these tests run as an ordinary user already")
def test_it_works_for_an_ordinary_user(tmp_path):
    """One who may read the interpreter, which another user's private home can hide."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder != Path("/tmp") and folder.is_relative_to("/tmp"):
            folder.chmod(0o755)
    os.chown(tmp_path, 12345, 12345)
    place, base = Path(sys.base_prefix), sys.base_prefix
    private = next((parent for parent in reversed(place.parents) if not parent.stat().st_mode & 0o001), None)
    mounts = ""
    if private:
        mounts = f"""
            keep=$(mktemp -d); mount --bind {base} $keep
            mount -t tmpfs -o mode=755 none {private}; mkdir -p {base}; mount --bind $keep {base}"""
    program = textwrap.dedent(f'{mounts}\nexec setpriv --reuid 12345 --regid 12345 --clear-groups "$@"')
    problem, says, found, remarks = run_script(["unshare", "-m", "sh", "-e", "-c", program, "sh"], tmp_path)
    assert problem == ""
    assert says["test_a"] == says["test_c"] == "" and "endless loop" in says["test_b"]
    uid, sees_grading, written, interfaces, capabilities, home = found
    assert (uid, sees_grading, capabilities) == (12345, False, ["0" * 16])
    assert refused(written) and refused(home) and not set(interfaces) - {"lo", "tunl0", "sit0", "ip6tnl0"}


def test_without_namespaces_it_says_so_and_limits_remain(tmp_path):
    """A system that refuses namespaces is imitated by a filter that does."""
    before = (
        "from grading.execution import process, syscalls\nprocess.forgo_privileges()\nsyscalls.refuse_dangerous()\n"
    )
    problem, says, found, remarks = run_script([], tmp_path, before)
    assert "unshare" in problem and "not permitted" in problem
    assert says["test_a"] == says["test_c"] == "" and "endless loop" in says["test_b"]
    assert any("more than 64 processes" in remark for remark in remarks)


def test_a_setting_that_keeps_namespaces_from_users_is_named(tmp_path, monkeypatch):
    """Ubuntu has the first of them since 24.04."""
    monkeypatch.setattr(sandbox, "PROC_SYS", tmp_path)
    for folder in ("kernel", "user"):
        (tmp_path / folder).mkdir()
    setting = tmp_path / "kernel/apparmor_restrict_unprivileged_userns"
    for user, value, words in ((1000, "0", ""), (0, "1", ""), (1000, "1", "userns=0` allows it, see grading/docs")):
        setting.write_text(f"{value}\n")
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        assert words in sandbox.advice() and bool(words) == bool(sandbox.advice())
    monkeypatch.setattr(sandbox, "PROC_SYS", tmp_path / "nowhere")
    assert sandbox.advice() == ""


# --- What a fork carries over ---------------------------------------------------------------------------------------------

NEURON = """
from neuron import h
h.load_file("stdrun.hoc")
soma = h.Section(name="soma"); soma.L = soma.diam = 20; soma.insert("hh")
clamp = h.IClamp(soma(0.5)); clamp.delay, clamp.dur, clamp.amp = 1, 30, 0.2
noise = h.Random(); noise.Random123(1, 2, 3); noise.normal(0, 1)
v = h.Vector().record(soma(0.5)._ref_v)
before = (len(list(h.allsec())), h.t)
h.finitialize(-65); h.continuerun(30)
result = [before, len(v), [x.hex() for x in v][::40], [noise.repick().hex() for _ in range(3)]]
"""
NEST = """
import nest
nest.verbosity = nest.VerbosityLevel.ERROR
before = (nest.network_size, nest.biological_time)
nest.local_num_threads = 2
neurons = nest.Create("iaf_psc_alpha", 20)
recorder = nest.Create("spike_recorder")
nest.Connect(nest.Create("poisson_generator", params={"rate": 8e4}), neurons, syn_spec={"weight": 5.0})
nest.Connect(neurons, neurons, {"rule": "fixed_indegree", "indegree": 3}, {"weight": 20.0})
nest.Connect(neurons, recorder)
nest.Simulate(100.0)
events = recorder.events
result = [before, sorted(zip(events["senders"].tolist(), events["times"].tolist()))]
"""


@pytest.mark.parametrize(("use", "source"), [("neuron", NEURON), ("nest", NEST)])
def test_a_simulator_is_as_new_after_the_fork(use, source, look, tmp_path, new_factory):
    pytest.importorskip(use)
    fresh = subprocess.run(
        [sys.executable, "-c", source + "import json; print(json.dumps(result))"],
        cwd=tmp_path, env=warm.environment(), capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    wanted = json.loads(fresh.stdout.splitlines()[-1])
    factory = new_factory(uses=(use,))
    for _ in range(2):
        found = look("result", f"{use!r} in _loaded", before=f"_loaded = set(sys.modules)\n{source}", factory=factory)
        assert found == [wanted, True]
    assert len(wanted[1]) > 10 if use == "nest" else wanted[1] == 1201


def test_random_numbers_differ_between_two_kernels(look):
    import numpy as np

    expressions = ("np.random.rand(3).tolist()", "__import__('random').random()", "np.random.default_rng().random()")
    first, second = look(*expressions), look(*expressions)
    assert len(first[0]) == 3 and not any(one == other for one, other in zip(first, second, strict=True))
    assert np.isfinite(first[1])


MOD = """
NEURON { SUFFIX leaky NONSPECIFIC_CURRENT i RANGE g, e }
PARAMETER { g = 0.001 (S/cm2) e = -70 (mV) }
UNITS { (S) = (siemens) (mV) = (millivolt) (mA) = (milliamp) }
ASSIGNED { v (mV) i (mA/cm2) }
BREAKPOINT { i = g * (v - e) }
"""


@pytest.mark.skipif(not shutil.which("g++"), reason="mechanisms need a compiler")
def test_mechanisms_compile_inside(look, tmp_path, new_factory):
    pytest.importorskip("neuron")
    (tmp_path / "student/mod").mkdir(parents=True)
    (tmp_path / "student/mod/leaky.mod").write_text(MOD)
    shutil.copy(courses.ROOT / "grading/student/mechanisms.py", tmp_path / "student")
    before = "import mechanisms\nfrom neuron import h\nmechanisms.load('mod')\nsoma = h.Section(name='soma')"
    factory = new_factory(uses=("neuron",))
    assert look("bool(soma.insert('leaky'))", "soma(0.5).leaky.e", before=before, factory=factory, seconds=120) == [
        True,
        -70,
    ]


# --- What whoever grades is told --------------------------------------------------------------------------------------------


def test_without_a_sandbox_it_says_so_loudly_or_refuses(monkeypatch, capsys, tmp_path):
    from grading import __main__ as command
    from grading import autograde
    from grading.execution import pools
    from grading.results import scores

    monkeypatch.setattr(pools, "sandbox_problem", lambda: "unshare: Operation not permitted")
    monkeypatch.setattr(autograde, "autograde", lambda *args, **kwargs: print("graded"))
    monkeypatch.setattr(scores, "rows", lambda exercise: [])
    exercise = courses.load().exercises[0].id
    assert command.main(["autograde", exercise]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("NO SANDBOX: unshare: Operation not permitted") == 1
    assert "Graded without a sandbox" in printed.out and "graded" in printed.out
    assert command.main(["autograde", exercise, "--require-sandbox"]) == 2
    printed = capsys.readouterr()
    assert "graded" not in printed.out and "there is no sandbox here" in printed.err
    monkeypatch.setattr(pools, "sandbox_problem", lambda: "")
    assert command.main(["autograde", exercise, "--require-sandbox"]) == 0
    assert "sandbox" not in capsys.readouterr().err
