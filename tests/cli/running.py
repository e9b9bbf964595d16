"""Runs the command line as a person does."""

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_REPOSITORY = Path(__file__).parents[2]


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process of the tests; it ends when the process does, and its input with it."""
    command = [sys.executable, "-m", "tests.cli.forked"]
    return subprocess.Popen(command, cwd=_REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own; its output is no terminal, so plain lines are to be expected."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = {
            "words": words,
            "cwd": str(cwd),
            "environment": {**os.environ, **environment},
            "out": str(out),
            "err": str(err),
        }
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
