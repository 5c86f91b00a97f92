"""Shut a forked kernel in before it sees student code: namespaces, a root of its own, no rights, limits.

Linux only, through the C library: what bubblewrap does for a new program, for a process that is already running.
"""

import contextlib
import ctypes
import os
from pathlib import Path

from grading.execution.limits import Limits
from grading.execution.process import (
    call,
    clear_environment,
    end_before_others,
    end_with_parent,
    forgo_privileges,
    libc,
)
from grading.execution.syscalls import refuse_dangerous

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
MNT_DETACH, PR_CAPBSET_DROP = 2, 24
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}.get(os.uname().machine)
SYS_MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE = 442, -100, 0x8000
WORK = Path("/home/student/work")
DEVICES = ("null", "full", "random", "urandom")  # not zero: mapped, it is memory that no process owns
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache")

PROC_SYS = Path("/proc/sys")
SETTINGS = {  # by which a system keeps namespaces from ordinary users: the value that refuses, one that allows
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "user.max_user_namespaces": ("0", "10000"),
}


def advice() -> str:
    """What can be done where a setting of the system keeps ordinary users from shutting programs in; mostly empty."""
    for name, (refuses, allows) in SETTINGS.items():
        with contextlib.suppress(OSError):
            if os.geteuid() != 0 and (PROC_SYS / name.replace(".", "/")).read_text().strip() == refuses:
                return f"; `sudo sysctl -w {name}={allows}` allows it, see grading/docs/grading.md"
    return ""


def enter(folder: Path, sockets: Path, readable: list[Path], hidden: list[Path], uid: int, limits: Limits) -> None:
    """Leave the host for a root of its own: the system read-only, a private /tmp, and a copy of `folder`.

    Call it in a process with one thread. A child must be forked afterwards, since only that lives in the new process
    namespace, and call `settle`; until then the host's files lie below `/old`.

    Parameters
    ----------
    folder : Path
        Copied to `/home/student/work`, the working folder, in memory.
    sockets : Path
        A folder that can be written to at its own path until `close_off` is called: the kernel's sockets.
    readable : list of Path
        Interpreter and packages, read-only at their own paths.
    hidden : list of Path
        Folders that stay empty but for what is readable, also where they lie inside the system's.
    uid : int
        Who the process becomes where it is root now; an ordinary user stays who he is.

    Raises
    ------
    OSError
        With the step that was refused; nothing of the student's has run.
    """
    os.umask(0o022)
    files = {path.relative_to(folder): path.read_bytes() for path in _own_files(folder)}
    is_root = os.geteuid() == 0
    owner, group = (uid, uid) if is_root else (os.geteuid(), os.getegid())
    flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
    call("unshare", libc.unshare, flags | (0 if is_root else CLONE_NEWUSER))
    if not is_root:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{owner} {owner} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    _mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, f"size={limits.files_mb}m,nr_inodes={limits.files},mode=755")
    os.chdir("/tmp")
    os.mkdir("old")
    call("pivot_root", libc.syscall, SYS_PIVOT_ROOT, b".", b"old")
    os.chdir("/")
    places = dict.fromkeys([*map(Path, SYSTEM), *readable], _bind) | dict.fromkeys(hidden, _hide)
    for path in sorted(places, key=lambda path: len(path.parts)):
        places[path](path)
    _bind(sockets, read_only=False)
    for name in DEVICES:
        _bind(Path("/dev", name), read_only=False)
    for name in ("/tmp", "/proc", "/dev/shm", "/etc", str(WORK)):
        os.makedirs(name, exist_ok=True)
    Path("/etc/passwd").write_text(f"student:x:{owner}:{group}::/home/student:/bin/sh\n")
    for relative, content in files.items():
        target = WORK / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for path in [Path("/tmp"), Path("/dev/shm"), WORK.parent, *WORK.parent.rglob("*"), sockets, *sockets.iterdir()]:
        os.chown(path, owner, group)


def close_off(sockets: Path) -> None:
    """Make the folder with the sockets read-only: it lies on the host's disk. The sockets in it go on working."""
    _make_read_only(sockets)


def settle(uid: int, limits: Limits) -> None:
    """In the forked child: own /proc, limits, another user, no way back. Then student code may come."""
    _mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV)  # allowed to users only while the old one is in sight
    call("umount", libc.umount2, b"/old", MNT_DETACH)
    os.rmdir("/old")
    end_before_others()
    limits.apply()
    is_root = os.geteuid() == 0
    if is_root or _counts_processes_by_namespace():
        limits.apply_to_processes()
    if is_root:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if is_root:
        os.setresuid(uid, uid, uid)
    _drop_capabilities()
    end_with_parent()
    forgo_privileges()
    refuse_dangerous()
    clear_environment("/home/student", "/tmp")
    os.chdir(WORK)


def settle_without(folder: str, limits: Limits, guard: int) -> None:
    """Where there is no sandbox: limits, a cleared environment, no new rights. Files and network stay open."""
    end_before_others()
    limits.apply()
    end_with_parent(guard)
    forgo_privileges()
    scratch = os.path.join(folder, ".scratch")
    os.makedirs(scratch, exist_ok=True)
    clear_environment(scratch, scratch)
    os.chdir(folder)


def _counts_processes_by_namespace() -> bool:
    """Whether the limit on processes counts those of this namespace, not all of the user's."""
    numbers = os.uname().release.split("-")[0].split(".")
    return tuple(int(number) for number in numbers[:2]) >= (5, 14)


def _bind(path: Path, read_only: bool = True) -> None:
    """Show a path of the host, which lies below /old by now, at its own place."""
    source = Path("/old") / path.relative_to("/")
    if not os.path.lexists(source) or os.path.lexists(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        path.symlink_to(os.readlink(source))
        return
    path.mkdir() if source.is_dir() else path.touch()
    _mount(source, path, None, MS_BIND | MS_REC)
    if read_only:
        _make_read_only(path)


def _hide(path: Path) -> None:
    """Put an empty folder in front of one that came along inside another."""
    if path.is_dir():
        _mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=1000,mode=755")


def _make_read_only(path: Path) -> None:
    """This mount and all below it; a kernel before 5.12 knows only this one."""
    attributes = (ctypes.c_uint64 * 4)(MS_RDONLY | MS_NOSUID | MS_NODEV, 0, 0, 0)
    words = (AT_FDCWD, os.fsencode(path), AT_RECURSIVE, attributes, ctypes.sizeof(attributes))
    if libc.syscall(SYS_MOUNT_SETATTR, *words) != 0:
        _mount("none", path, None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def _own_files(folder: Path) -> list[Path]:
    """Regular files below a folder; links are not followed."""
    found = []
    for parent, _, names in os.walk(folder, followlinks=False):
        found += [Path(parent, name) for name in names if not Path(parent, name).is_symlink()]
    return [path for path in found if path.is_file()]


def _mount(source, target, kind, flags: int, options: str | None = None) -> None:
    words = [os.fsencode(str(item)) if item is not None else None for item in (source, target, kind)]
    data = options.encode() if options else None
    call(f"mount {target}", libc.mount, *words, ctypes.c_ulong(flags), data)


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    call("capset", libc.capset, header, (ctypes.c_uint32 * 6)())
