"""How the command line starts: it reads the module of the command that was asked for, and knows the names of all."""

import re
import subprocess
import sys
from pathlib import Path

from ecegateway.cli.commands import COMMANDS
from tests.cli.running import run

_START = """
import sys
from ecegateway.cli.app import main
sys.argv = ["ecegateway", "rules", "list"]
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if name.startswith("ecegateway.cli.")), file=sys.stderr)
"""


def test_a_command_reads_no_other_commands_module() -> None:
    done = subprocess.run([sys.executable, "-c", _START], check=True, capture_output=True, text=True)
    read = {name.rpartition(".")[2] for name in done.stderr.split()}
    assert "rules" in read
    assert not read & {"demo", "sources", "returns", "serve"}


def test_the_help_lists_every_command_in_the_order_of_the_work(tmp_path: Path) -> None:
    listed = re.findall(r"^│ ([a-z-]+) ", run("--help", cwd=tmp_path).stdout, re.MULTILINE)
    assert [name for name in listed if not name.startswith("-")] == list(COMMANDS)


def test_a_command_mistyped_is_told_the_nearest_one(tmp_path: Path) -> None:
    done = run("chek", cwd=tmp_path)
    assert (done.returncode, "Did you mean 'check'" in done.stderr) == (2, True)
