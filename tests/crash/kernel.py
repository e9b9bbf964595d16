"""The few things asked of the kernel that Python has no words for: ptrace, and a seccomp filter; through ctypes alone."""

import ctypes
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tests.crash.machine import Machine

_TRACEME, _CONT, _SYSCALL, _SETOPTIONS, _GETREGSET, _SETREGSET = 0, 7, 24, 0x4200, 0x4204, 0x4205
_GENERAL_REGISTERS = 1
_TRACE_SYSGOOD, _TRACE_FORKS, _TRACE_SECCOMP, _KILL_ON_EXIT = 0x1, 0x2 | 0x4 | 0x8, 0x80, 0x100000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUALS, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
SECCOMP_STOP = 7
"""The event by which a stopped child says that it is about to make a call that is filtered for."""
CALL_STOP = 0x80
"""What is added to SIGTRAP where a child stops after a call."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long
_libc.prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


@contextmanager
def on_one_processor() -> Iterator[None]:
    """Keep this process, and those it starts, on the processor it is on: two that take turns wake each other quicker there."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {_libc.sched_getcpu()})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def be_traced() -> None:
    """Let the parent trace this process."""
    _ptrace(_TRACEME, 0, 0, 0)


def trace_calls(pid: int) -> None:
    """Have a stopped child tell of filtered calls and of its children, and die with the tracer."""
    _ptrace(_SETOPTIONS, pid, 0, _TRACE_SYSGOOD | _TRACE_FORKS | _TRACE_SECCOMP | _KILL_ON_EXIT)


def go_on(pid: int, signal: int = 0) -> None:
    """Let a stopped child go on to its next filtered call."""
    _ptrace(_CONT, pid, 0, signal)


def go_to_the_end_of_the_call(pid: int) -> None:
    """Let a stopped child make its call, and stop again."""
    _ptrace(_SYSCALL, pid, 0, 0)


def registers(machine: Machine, pid: int) -> list[int]:
    """The general registers of a stopped child."""
    words = (ctypes.c_uint64 * machine.words)()
    vector = _Vector(ctypes.addressof(words), ctypes.sizeof(words))
    _ptrace(_GETREGSET, pid, _GENERAL_REGISTERS, ctypes.addressof(vector))
    return list(words)


def set_registers(machine: Machine, pid: int, values: Iterable[int]) -> None:
    """Change the general registers of a stopped child."""
    words = (ctypes.c_uint64 * machine.words)(*values)
    vector = _Vector(ctypes.addressof(words), ctypes.sizeof(words))
    _ptrace(_SETREGSET, pid, _GENERAL_REGISTERS, ctypes.addressof(vector))


def make_no_call(machine: Machine, pid: int, result: int) -> None:
    """Have a child that is about to make a call make none, and see ``result`` of it."""
    values = registers(machine, pid)
    values[machine.result] = result & (2**64 - 1)
    if machine.number_set is None:
        values[machine.number] = 2**64 - 1
    else:
        none = ctypes.c_int(-1)
        vector = _Vector(ctypes.addressof(none), ctypes.sizeof(none))
        _ptrace(_SETREGSET, pid, machine.number_set, ctypes.addressof(vector))
    set_registers(machine, pid, values)


def stop_at_calls(machine: Machine) -> None:
    """Have this process, and those it starts, stop at every call the machine has a name for, and at no other."""
    numbers = sorted(machine.calls)
    code = [(_LOAD, 0, 0, 4), (_EQUALS, 0, len(numbers) + 1, machine.audit), (_LOAD, 0, 0, 0)]
    code += [(_EQUALS, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    code += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _TRACE)]
    text = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in code))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(text)))
    _prctl(_NO_NEW_PRIVILEGES, 1, 0)
    _prctl(_SECCOMP, _FILTER, ctypes.addressof(program))


def _prctl(option: int, first: int, second: int) -> None:
    if _libc.prctl(option, first, second, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}: {os.strerror(ctypes.get_errno())}")


def _ptrace(request: int, pid: int, address: int, data: int) -> None:
    if _libc.ptrace(request, pid, address, data) == -1:
        raise OSError(ctypes.get_errno(), f"ptrace {request:#x}: {os.strerror(ctypes.get_errno())}")
