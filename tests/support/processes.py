"""Runs code in a process of its own that has read the program already; it may be killed, or kill itself."""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process of the tests; it ends when the process does, and its input with it."""
    command = [sys.executable, "-m", "tests.support.forked"]
    return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def run_code(code: str, *words: str, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code with words in ``sys.argv``; of a process that a signal ended, the exit code is minus the signal."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = {
            "code": code,
            "words": words,
            "cwd": str(cwd),
            "environment": {**os.environ, **environment},
            "out": str(out),
            "err": str(err),
        }
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        ended = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, ended, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
