"""Lays out the tree that mutants are made of: the project's files, with every rule's body where it can be mutated.

    python bench/mutation_tree.py

mutmut leaves decorated functions alone, and a rule is a function under ``@rule(...)``. In the copy the function stands by
itself and is declared in the line below it, which is the same thing said in another order.
"""

import ast
import shutil
import subprocess
from pathlib import Path

TREE = Path("build/mutation")
_DECLARES = frozenset({"of_each_child", "of_the_service", "of_absences"})


def declared_below(source: str) -> str:
    """A module's source with each rule's declaration below its function."""
    module = ast.parse(source)
    body: list[ast.stmt] = []
    for statement in module.body:
        body.append(statement)
        if isinstance(statement, ast.FunctionDef) and [d for d in statement.decorator_list if _is_rule(d)]:
            (declaration,) = statement.decorator_list
            statement.decorator_list = []
            name = ast.Name(statement.name, ast.Store())
            value = ast.Call(declaration, [ast.Name(statement.name, ast.Load())], [])
            body.append(ast.Assign([name], value))
    module.body = body
    return ast.unparse(ast.fix_missing_locations(module)) + "\n"


def _is_rule(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Attribute) and decorator.attr in _DECLARES


def main() -> None:
    """Copy every tracked file, the rules rewritten."""
    shutil.rmtree(TREE, ignore_errors=True)
    git = shutil.which("git") or "git"
    listed = subprocess.run([git, "ls-files", "-z"], check=True, capture_output=True, text=True).stdout  # noqa: S603
    for name in filter(None, listed.split("\0")):
        path = Path(name)
        if not path.is_file():
            continue
        copy = TREE / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_relative_to("src/ecegateway/rules") and path.suffix == ".py":
            copy.write_text(declared_below(path.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(path, copy)


if __name__ == "__main__":
    main()
