"""Runs a function in a fresh process, so that its peak memory is its own and nothing it needs was there before."""

import multiprocessing
import resource
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What a function gave, and its process's peak memory in MiB."""

    result: R
    peak: float


def apart(function: Callable[..., R], *arguments: Any) -> Outcome[R]:
    """Run a function of a module in a process of its own."""
    return side_by_side(function, [arguments])[0]


def side_by_side(function: Callable[..., R], each: Iterable[tuple[Any, ...]]) -> list[Outcome[R]]:
    """Run a function once for each tuple of arguments, all at the same time."""
    spawn = multiprocessing.get_context("spawn")
    running = []
    for arguments in each:
        ours, theirs = spawn.Pipe(duplex=False)
        process = spawn.Process(target=_run, args=(theirs, function, arguments))
        process.start()
        theirs.close()
        running.append((process, ours))
    outcomes = []
    for process, line in running:
        outcome = line.recv()
        process.join()
        if isinstance(outcome, str):
            raise SystemExit(outcome)
        outcomes.append(outcome)
    return outcomes


def _run(line: Connection, function: Callable[..., R], arguments: tuple[Any, ...]) -> None:
    try:
        result = function(*arguments)
        line.send(Outcome(result, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    except BaseException as error:
        line.send(f"{function.__name__} failed: {error!r}")
        raise
