"""A process that has read the program once, and forks for each command it is told: reading it anew takes a second each time.

Told on standard input, a JSON line for each command; said on standard output, the exit code in a line.
"""

import json
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from typing import NoReturn

from ecegateway.cli.app import main
from ecegateway.cli.commands import COMMANDS, module_of


def _become(words: Sequence[str], cwd: str, environment: Mapping[str, str], out: str, err: str) -> NoReturn:
    """Run one command in this process, as if it had been started for it."""
    code: int | str | None = 70
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
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def serve() -> None:
    """Run each command that is told, one after the other."""
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
