"""Data flows one way: an import that points back, or I/O in the pure middle, fails here."""

import ast
from pathlib import Path

import ecegateway

ROOT = Path(ecegateway.__file__).parent

ARROWS: dict[str, str] = {
    "errors": "",
    "disk": "",
    "clock": "",
    "logs": "",
    "reading": "errors",
    "model": "model",
    "contract": "facts model",
    "outbound": "contract model",
    "hookspecs": "contract outbound",
    "plugins": "contract ecegateway errors hookspecs outbound",
    "config": "errors model signing transport",
    "handbook": "errors handbook model",
    "transport": "contract disk errors outbound transport",
    "intake": "contract errors evidence intake model reading",
    "proof": "proof",
    "signing": "disk errors signing",
    "backup": "backup errors signing",
    "evidence": "contract errors evidence model outbound proof",
    "facts": "contract errors evidence facts model",
    "rules": "contract facts handbook model rules",
    "retention": "evidence handbook model retention",
    "returns": "model outbound returns",
    "claim": "claim errors facts handbook model nsn rules",
    "eli": "eli facts handbook model rules",
    "forecast": "claim facts forecast handbook model rules",
    "export": "contract disk errors export model",
    "builtin": "builtin contract ecegateway errors export model outbound reading",
    "inspection": "contract evidence export facts inspection model signing",
    "flows": "backup bundle census claim config contract ecegateway eli errors evidence export facts flows forecast handbook "
    "inspection intake logs model nsn outbound plugins proof reading retention returns rules signing transport",
    "shown": "eli evidence flows model nsn outbound returns shown",
    "doctor": "backup config doctor errors evidence flows outbound plugins signing",
    "bootstrap": "clock config evidence flows handbook plugins signing",
    "api": "api bootstrap claim ecegateway eli errors export flows model nsn plugins shown",
    "cli": "api backup bootstrap census claim cli clock config contract demo doctor ecegateway eli errors export flows "
    "forecast handbook logs model nsn outbound plugins proof returns shown signing testing",
    "testing": "builtin contract errors export model outbound testing transport",
    "demo": "demo model testing",
    "__main__": "cli",
    "ecegateway": "",
    "bundle": "bundle claim contract errors evidence export facts handbook inspection model proof returns",
    "census": "census facts handbook model",
    "nsn": "facts model nsn outbound rules",
}
"""Room by room, the rooms it reads from. The contract names facts for a type alone."""

PURE = ("model", "proof", "retention", "handbook", "facts", "rules", "nsn", "claim", "census", "eli", "forecast", "returns")
FORBIDDEN_IN_THE_MIDDLE = {
    "logging",
    "os",
    "pathlib",
    "random",
    "socket",
    "sqlite3",
    "sqlalchemy",
    "httpx",
    "structlog",
    "subprocess",
    "tempfile",
    "time",
}
CLOCK_READERS = {"now", "today", "utcnow"}


def _room(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py") if first != "__init__.py" else "ecegateway"


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _rooms_read(path: Path) -> set[str]:
    rooms = set()
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] == "ecegateway" and len(parts) > 1:
            rooms.add(parts[1] if (ROOT / parts[1]).exists() or (ROOT / f"{parts[1]}.py").exists() else "ecegateway")
    return rooms


MODULES = sorted(ROOT.rglob("*.py"))


def test_the_arrows_are_those_drawn_here() -> None:
    """A new arrow is a decision: draw it in the table, or find the way that needs none."""
    walked: dict[str, set[str]] = {room: set() for room in ARROWS}
    for path in MODULES:
        if _room(path) != "ecegateway":
            walked[_room(path)] |= _rooms_read(path)
    assert {room: " ".join(sorted(read)) for room, read in walked.items()} == ARROWS


def test_the_middle_does_no_input_or_output() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if _room(path) in PURE
        for name in sorted(_imports(path))
        if name.split(".")[0] in FORBIDDEN_IN_THE_MIDDLE
    ]
    assert wrong == []


def test_only_the_clock_reads_the_clock() -> None:
    wrong = []
    for path in MODULES:
        if _room(path) == "clock":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_READERS:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in ("datetime", "date"):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []
