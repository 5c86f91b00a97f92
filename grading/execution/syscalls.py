"""Take system calls away from a process for good: those that lead out of the sandbox, and memory that nobody counts.

A filter of the kernel's own (seccomp), written as its small program: load a number, compare, return a verdict.
"""

import ctypes
import errno
import os

from grading.execution.process import PR_SET_PDEATHSIG, call, libc

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
NO_FAMILY = 0x00050000 | errno.EAFNOSUPPORT
LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
CALL_NUMBER, MACHINE, FIRST_ARGUMENT, FOURTH_ARGUMENT = 0, 4, 16, 40  # offsets in the kernel's description of a call
NEW_NAMESPACES = 0x7E020080  # flags of clone
SHARED_WITHOUT_FILE = 0x21  # flags of mmap: such memory stays when nobody maps it any more, and no process shows it
FAMILIES = (1, 2, 10, 16)  # unix, IPv4, IPv6, netlink: others, such as those of virtual machines, know no namespace

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SEPARATE = {
    "x86_64": {"clone": 56, "prctl": 157, "socket": 41, "mmap": 9},
    "aarch64": {"clone": 220, "prctl": 167, "socket": 198, "mmap": 222},
}
CLONE3 = 435  # its flags lie in memory, out of a filter's sight; without it the C library takes clone
EVERYWHERE = {
    "io_uring_setup": 425, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
    "fspick": 433, "pidfd_getfd": 438, "mount_setattr": 442, "memfd_secret": 447,
}  # fmt: skip
REFUSED = {
    "x86_64": {
        "unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "ptrace": 101,
        "process_vm_readv": 310, "process_vm_writev": 311, "keyctl": 250, "add_key": 248, "request_key": 249,
        "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "open_by_handle_at": 304, "kexec_load": 246,
        "init_module": 175, "finit_module": 313, "memfd_create": 319, "shmget": 29, "msgget": 68,
        "semget": 64,
    },
    "aarch64": {
        "unshare": 97, "setns": 268, "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "ptrace": 117,
        "process_vm_readv": 270, "process_vm_writev": 271, "keyctl": 219, "add_key": 217, "request_key": 218,
        "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "open_by_handle_at": 265, "kexec_load": 104,
        "init_module": 105, "finit_module": 273, "memfd_create": 279, "shmget": 194, "msgget": 186,
        "semget": 190,
    },
}  # fmt: skip


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction))]


def program(machine: str) -> list[tuple[int, int, int, int]]:
    """The filter: (what to do, instructions to skip if it holds, if not, number)."""
    made = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, MACHINES[machine]), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, CALL_NUMBER)]
    if machine == "x86_64":  # the same calls under the numbers of the x32 variant
        made += [(AT_LEAST, 0, 1, 0x40000000), (RETURN, 0, 0, REFUSE)]
    for number in (REFUSED[machine] | EVERYWHERE).values():
        made += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    made += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, UNKNOWN)]
    first, fourth = (LOAD, 0, 0, FIRST_ARGUMENT), (LOAD, 0, 0, FOURTH_ARGUMENT)
    known = [(EQUAL, len(FAMILIES) - place, 0, family) for place, family in enumerate(FAMILIES)]
    decide = {
        "clone": [first, (ANY_BIT, 0, 1, NEW_NAMESPACES), (RETURN, 0, 0, REFUSE)],
        "prctl": [first, (EQUAL, 0, 1, PR_SET_PDEATHSIG), (RETURN, 0, 0, REFUSE)],  # nobody outlives the parent
        "socket": [first, *known, (RETURN, 0, 0, NO_FAMILY)],
        "mmap": [fourth, (AND, 0, 0, SHARED_WITHOUT_FILE), (EQUAL, 0, 1, SHARED_WITHOUT_FILE), (RETURN, 0, 0, REFUSE)],
    }
    for name, steps in decide.items():
        made += [(EQUAL, 0, len(steps) + 1, SEPARATE[machine][name]), *steps, (RETURN, 0, 0, ALLOW)]
    return [*made, (RETURN, 0, 0, ALLOW)]


def refuse_dangerous() -> None:
    """Filter this process and all that it starts; needs "no new privileges" to be set.

    Raises
    ------
    OSError
        If the system has no filters.
    """
    machine = os.uname().machine
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"no filter of system calls for {machine}")
    instructions = program(machine)
    array = (_Instruction * len(instructions))(*(_Instruction(*item) for item in instructions))
    filter = _Program(len(instructions), array)
    call("filter of system calls", libc.prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filter), 0, 0)
