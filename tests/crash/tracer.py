"""Runs a function in a forked child, stops it at each of its file system calls, and lets a meddler decide what becomes of it.

The child's calls are filtered in the kernel (seccomp), so that only those that matter cost anything; the tracer is ptrace.
Nothing but the standard library is needed: no strace, no compiler.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tests.crash.calls import Call, call_of
from tests.crash.kernel import (
    CALL_STOP,
    SECCOMP_STOP,
    be_traced,
    go_on,
    go_to_the_end_of_the_call,
    make_no_call,
    on_one_processor,
    registers,
    set_registers,
    stop_at_calls,
    trace_calls,
)
from tests.crash.machine import this_machine

Tell = Callable[[str], None]
"""By which a child says what it was told is stored, a line at a time."""
_ANY_CHILD = 0x40000000


@dataclass(frozen=True, slots=True)
class Go:
    """Let the call be made; ``watched``, the meddler hears what came of it."""

    watched: bool = False


@dataclass(frozen=True, slots=True)
class Kill:
    """Kill the process; ``after`` the call was made, or before."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Fail:
    """Make no call, and tell the child that it failed."""

    errno: int


@dataclass(frozen=True, slots=True)
class Shorten:
    """Write only so many of the bytes."""

    length: int


Action = Go | Kill | Fail | Shorten


class Meddler(Protocol):
    """Who decides."""

    def before(self, call: Call) -> Action:
        """What becomes of a call that is about to be made."""

    def after(self, call: Call, result: int) -> None:
        """A watched call was made, and gave ``result``."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code (minus the signal, if one ended it), what it told, and what it printed."""

    code: int
    told: tuple[str, ...]
    printed: str


@dataclass(slots=True)
class Running:
    """A child under way: its process id, where it tells and where it prints, and what was read already of what it told."""

    pid: int
    heard: int
    printed: int
    already: bytes = b""

    def ended(self, code: int) -> Ended:
        """Everything it told and printed, once it has ended."""
        told = self.already + _everything(self.heard)
        os.lseek(self.printed, 0, os.SEEK_SET)
        printed = _everything(self.printed)
        os.close(self.heard)
        os.close(self.printed)
        return Ended(code, tuple(told.decode().splitlines()), printed.decode(errors="replace"))

    def wait(self) -> Ended:
        """Wait for its end."""
        return self.ended(os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]))


def start(run: Callable[[Tell], int], *, traced: bool = False) -> Running:
    """Start a function in a child; its result is the exit code."""
    heard, telling = os.pipe()
    printed = os.memfd_create("printed")
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        _be_child(run, telling, traced=traced)
    os.close(telling)
    return Running(pid, heard, printed)


def fork(run: Callable[[Tell], int], meddler: Meddler | None = None) -> Ended:
    """Run a function in a child to its end. Without a meddler nobody looks on."""
    if meddler is None:
        return start(run).wait()
    with on_one_processor():
        running = start(run, traced=True)
        return running.ended(_Trace(running.pid, meddler).code())


def _everything(handle: int) -> bytes:
    found = b""
    while part := os.read(handle, 1 << 16):
        found += part
    return found


def _be_child(run: Callable[[Tell], int], telling: int, *, traced: bool) -> None:
    code = 99
    try:
        if traced:
            be_traced()
            os.kill(os.getpid(), signal.SIGSTOP)
            stop_at_calls(this_machine())
        code = run(partial(_tell, telling))
    except BaseException:  # noqa: BLE001 - whatever it is, it ends the child here and is printed
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell(telling: int, said: str) -> None:
    os.write(telling, f"{said}\n".encode())


class _Trace:
    """One child under the tracer."""

    def __init__(self, pid: int, meddler: Meddler) -> None:
        self._pid = pid
        self._meddler = meddler
        self._machine = this_machine()
        self._made: dict[int, tuple[Call, bool]] = {}

    def code(self) -> int:
        """Go with the child to its end."""
        os.waitpid(self._pid, 0)
        trace_calls(self._pid)
        go_on(self._pid)
        while True:
            pid, status = os.waitpid(-1, _ANY_CHILD)
            if not os.WIFSTOPPED(status):
                if pid == self._pid:
                    return os.waitstatus_to_exitcode(status)
                continue
            self._stopped(pid, status)

    def _stopped(self, pid: int, status: int) -> None:
        stop, event = os.WSTOPSIG(status), status >> 16
        if event == SECCOMP_STOP:
            self._before(pid)
        elif stop == signal.SIGTRAP | CALL_STOP:
            self._after(pid)
        elif event or stop in (signal.SIGTRAP, signal.SIGSTOP):
            go_on(pid)
        else:
            go_on(pid, stop)

    def _before(self, pid: int) -> None:
        values = registers(self._machine, pid)
        arguments = tuple(values[place] for place in self._machine.arguments)
        call = call_of(pid, self._machine.calls[values[self._machine.number]], arguments)
        action = self._meddler.before(call)
        match action:
            case Kill(after=False):
                os.kill(self._pid, signal.SIGKILL)
            case Kill(after=True) | Go(watched=True):
                self._made[pid] = (call, isinstance(action, Kill))
                go_to_the_end_of_the_call(pid)
            case Fail(errno):
                make_no_call(self._machine, pid, -errno)
                go_on(pid)
            case Shorten(length):
                values[self._machine.arguments[2]] = length
                set_registers(self._machine, pid, values)
                go_on(pid)
            case _:
                go_on(pid)

    def _after(self, pid: int) -> None:
        call, kill = self._made.pop(pid)
        if kill:
            os.kill(self._pid, signal.SIGKILL)
            return
        result = registers(self._machine, pid)[self._machine.result]
        self._meddler.after(call, result - 2**64 if result >> 63 else result)
        go_on(pid)
