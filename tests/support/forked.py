"""A process that has read the program once, and forks for whatever it is told to run: reading it anew takes a second each time.

Told on standard input, a JSON line for each; said on standard output, the exit code in a line. Who asks is
:mod:`tests.support.processes`.
"""

import json
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NoReturn

from ecegateway.cli.commands import COMMANDS, module_of

_READ = ("ecegateway.cli.app", "tests.flows.pulling", "tests.support.centre", "tests.support.ministry")
"""What the code of tests begins with, and the commands with them."""


def _become(*, code: str, words: Sequence[str], cwd: str, environment: Mapping[str, str], out: str, err: str) -> NoReturn:
    """Run code in this process, as if Python had been started for it."""
    ended: int | str | None = 1
    try:
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
        sys.argv = ["ecegateway", *words]
        warnings.simplefilter("error")
        exec(compile(code, "<test>", "exec"), {"__name__": "__main__"})  # noqa: S102 - the code of a test
        ended = 0
    except SystemExit as done:
        ended = done.code
    except BaseException:  # noqa: BLE001 - whatever it is, it ends this process here and is printed
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended if isinstance(ended, int) else 0 if ended is None else 1)


def serve() -> None:
    """Run whatever is told, one after the other."""
    for module in _READ:
        import_module(module)
    for name in COMMANDS:
        module_of(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
