"""Takes from a process what answering a query does not need: sockets, other programs, files to write, memory without end.

On Linux a seccomp filter (https://docs.kernel.org/userspace-api/seccomp_filter.html) refuses the calls, whatever a query makes of the
engine; elsewhere the check of the query's text is all there is.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _SET_DEATH_SIGNAL = 38, 22, 1
_FILTER_MODE = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # where struct seccomp_data holds them
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_X32 = 0x40000000  # the first number of another interface to the same kernel
# By machine: the audit number of the architecture, then socket, execve, execveat, ptrace, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425)),
}


def confine(memory: int) -> bool:
    """Limits this process to `memory` bytes and takes its sockets away; whether the kernel could do the latter."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    machine = _CALLS.get(platform.machine())
    return sys.platform == "linux" and machine is not None and _refuse(*machine)


def die_with_parent() -> None:
    """Asks the kernel, where it can, to end this process when the one that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def program(architecture: int, numbers: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Steps of the filter: code, steps to leap over if it holds and if it does not, value.  What speaks another interface is refused."""
    count = len(numbers)
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, count + 3, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, count + 1, 0, _X32),
        *((_EQUAL, count - index, 0, number) for index, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]


def _refuse(architecture: int, numbers: tuple[int, ...]) -> bool:
    steps = program(architecture, numbers)
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    given = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(kernel.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(given), 0, 0) == 0)
