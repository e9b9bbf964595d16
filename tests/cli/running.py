"""Runs the command line as a person does."""

import subprocess
from pathlib import Path

from tests.support.processes import run_code


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own; its output is no terminal, so plain lines are to be expected."""
    return run_code("from ecegateway.cli.app import main; main()", *words, cwd=cwd, **environment)
