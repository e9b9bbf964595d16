"""Data flows one way: an import that points back, or I/O in the pure middle, fails here."""

import ast
from pathlib import Path

import ecegateway

ROOT = Path(ecegateway.__file__).parent

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "clock": set(),
    "model": {"model", "errors"},
    "contract": {"model", "facts"},
    "hookspecs": {"contract"},
    "reading": {"errors"},
    "handbook": {"handbook", "model", "errors"},
    "transport": {"transport", "contract", "errors", "config", "model"},
    "intake": {"intake", "contract", "model", "errors", "reading", "evidence"},
    "evidence": {"evidence", "contract", "model", "errors"},
    "facts": {"facts", "model", "errors", "evidence", "contract"},
    "rules": {"rules", "facts", "handbook", "model", "errors", "contract"},
    "claim": {"claim", "rules", "facts", "handbook", "model", "errors"},
    "export": {"export", "contract", "model", "errors"},
    "builtin": {"builtin", "contract", "model", "errors", "reading", "export", "ecegateway"},
    "plugins": {"contract", "hookspecs", "errors", "ecegateway"},
    "config": {"errors", "model", "transport"},
    "logs": set(),
    "flows": {
        "flows",
        "claim",
        "rules",
        "facts",
        "evidence",
        "intake",
        "transport",
        "handbook",
        "export",
        "plugins",
        "config",
        "contract",
        "model",
        "errors",
        "logs",
    },
    "bootstrap": {"config", "evidence", "handbook", "plugins", "logs"},
    "testing": {"testing", "contract", "model", "errors", "reading", "builtin", "ecegateway"},
    "demo": {"demo", "testing", "model"},
    "cli": {
        "cli",
        "flows",
        "bootstrap",
        "config",
        "plugins",
        "clock",
        "contract",
        "errors",
        "export",
        "claim",
        "handbook",
        "model",
        "demo",
        "testing",
        "logs",
        "ecegateway",
    },
    "__main__": {"cli"},
}
"""Room by room, the rooms it may read from. ``facts`` reads the evidence's records; the contract names facts for a type."""

PURE = ("model", "handbook", "facts", "rules", "claim")
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


def test_no_arrow_points_back() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} reads {room}"
        for path in MODULES
        if _room(path) != "ecegateway"
        for room in sorted(_rooms_read(path) - MAY_IMPORT[_room(path)])
    ]
    assert wrong == []


def test_every_allowed_arrow_is_walked() -> None:
    """The table says what is, not what might be."""
    walked = {room: set[str]() for room in MAY_IMPORT}
    for path in MODULES:
        if _room(path) in walked:
            walked[_room(path)] |= _rooms_read(path)
    unused = {room: sorted(MAY_IMPORT[room] - walked[room] - {room}) for room in MAY_IMPORT}
    assert {room: rooms for room, rooms in unused.items() if rooms} == {}


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
