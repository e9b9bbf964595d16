"""Runs the command line as a person does."""

import os
import subprocess
import sys
from pathlib import Path


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command; its output is a pipe, so plain lines are to be expected."""
    command = [sys.executable, "-m", "ecegateway", *words]
    env = {**os.environ, "PYTHONWARNINGS": "error", **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120)
