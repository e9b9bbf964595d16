"""What differs between processors: the numbers of system calls, and where their arguments stand in the registers."""

import platform
import sys
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Machine:
    """A processor as Linux shows it to a tracer.

    ``audit`` names it to a seccomp filter; ``words`` are the 64-bit words of its general registers; ``number``, ``result`` and
    ``arguments`` are places among them; ``number_set`` is a register set of its own for the call's number, where there is one.
    """

    audit: int
    words: int
    number: int
    result: int
    arguments: tuple[int, ...]
    number_set: int | None
    calls: MappingProxyType[int, str]


_X86_64 = Machine(
    audit=0xC000003E,
    words=27,
    number=15,
    result=10,
    arguments=(14, 13, 12, 7, 9, 8),
    number_set=None,
    calls=MappingProxyType(
        {
            1: "write",
            2: "open",
            3: "close",
            18: "pwrite64",
            74: "fsync",
            75: "fdatasync",
            77: "ftruncate",
            82: "rename",
            83: "mkdir",
            86: "link",
            87: "unlink",
            257: "openat",
            258: "mkdirat",
            263: "unlinkat",
            264: "renameat",
            265: "linkat",
            285: "fallocate",
            316: "renameat2",
        }
    ),
)
_AARCH64 = Machine(
    audit=0xC00000B7,
    words=34,
    number=8,
    result=0,
    arguments=(0, 1, 2, 3, 4, 5),
    number_set=0x404,
    calls=MappingProxyType(
        {
            34: "mkdirat",
            35: "unlinkat",
            37: "linkat",
            38: "renameat",
            46: "ftruncate",
            47: "fallocate",
            56: "openat",
            57: "close",
            64: "write",
            68: "pwrite64",
            82: "fsync",
            83: "fdatasync",
            276: "renameat2",
        }
    ),
)
_KNOWN = {"x86_64": _X86_64, "aarch64": _AARCH64}


def can_trace() -> bool:
    """Whether this is a Linux and a processor whose calls are known here."""
    return sys.platform == "linux" and platform.machine() in _KNOWN


def this_machine() -> Machine:
    """The processor this runs on."""
    return _KNOWN[platform.machine()]
