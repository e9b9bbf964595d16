"""The examples of the catalogue, and the tests that say they play one, read from the tests' own text."""

import ast
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
WHERE = ("tests", "plugins")

Played = tuple[str, str]
"""A rule's id and the words of one of its examples."""


def played() -> list[Played]:
    """Every example that a test says it plays, by file and line."""
    files = sorted(path for room in WHERE for path in (REPOSITORY / room).rglob("test_*.py"))
    return [found for path in files for found in played_in(path.read_text(encoding="utf-8"), str(path))]


def played_in(source: str, where: str) -> Iterator[Played]:
    """The examples named by ``pytest.mark.example`` in the text of a module.

    Raises:
        ValueError: a marker that does not spell out a rule's id and an example's words.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.example":
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if len(node.args) != 2 or [type(word) for word in words] != [str, str]:
                raise ValueError(f"{where}:{node.lineno}: spell out the rule's id and the example's words")
            yield str(words[0]), str(words[1])
