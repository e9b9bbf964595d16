"""The catalogue as Markdown: an index with switches and parameters, and a page for each rule."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ecegateway.claim.catalogue import CATALOGUE, by_theme
from ecegateway.cli.rule_sheets import Sheet, sheet
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import switches

INDEX, FOLDER = "rules.md", "rules"
_WRITTEN = "Written by `ecegateway rules page` from the code; a test checks that it is current."


def pages() -> Mapping[str, str]:
    """Every page by its name below the folder of documents."""
    found = {INDEX: _text(_index())}
    return found | {f"{FOLDER}/{rule}.md": _text(_page(sheet(rule))) for rule in sorted(CATALOGUE)}


def write_pages(folder: Path) -> None:
    """Write every page below a folder, and remove those of rules that are no more."""
    wanted = pages()
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for stale in sorted(set((folder / FOLDER).glob("*.md")) - {folder / name for name in wanted}):
        stale.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _index() -> Iterator[str]:
    yield "# Rules, switches and parameters\n"
    yield _WRITTEN
    yield "Each rule has a page of its own with its exact condition and examples; `ecegateway rules show` reads the same.\n"
    yield f"Read from: {handbook().edition}. Every reason that can stand in a report is listed here.\n"
    yield "## Rules"
    for theme, rules in by_theme(CATALOGUE).items():
        yield f"\n### {theme}\n\n| rule | what it is about | severity | section |\n| --- | --- | --- | --- |"
        for rule in rules:
            found = sheet(rule)
            link = f"[`{rule}`]({FOLDER}/{rule}.md)"
            yield f"| {link} | {found.text.title} | {found.severity} | {found.text.cites} |"
    yield "\n## Policy switches\n\nWhere the Handbook leaves room. The first reading is the default.\n"
    yield "| switch | readings | point | why |\n| --- | --- | --- | --- |"
    for switch in switches().values():
        readings = ", ".join(f"`{value}`" for value in switch.values)
        yield f"| `{switch.name}` | {readings} | {switch.point} | {switch.why} |"
    yield "\n## Parameters\n\n| parameter | value | from | verified until | section |\n| --- | --- | --- | --- | --- |"
    for parameter in handbook().parameters():
        for dated in parameter.values:
            value = f"{dated.value} {parameter.unit}"
            yield f"| `{parameter.name}` | {value} | {dated.since} | {parameter.ends} | {dated.citation} |"


def _page(found: Sheet) -> Iterator[str]:
    yield f"# {found.text.title}\n\n{_WRITTEN} [All rules](../{INDEX}).\n"
    for name, value in found.facts():
        yield f"- **{name.capitalize()}:** {f'`{value}`' if name == 'id' else value}"
    for heading, words in found.sections():
        yield f"\n## {heading}\n\n{words}"
    if found.switch is not None:
        switch = found.switch
        yield f"\n## Policy switch\n\n`{switch.name}`, version {switch.version} ({switch.point}). {switch.why}\n"
        yield from (f"- `{value}`{'' if number else ', the default'}" for number, value in enumerate(switch.values))
    for heading, of in (("Examples: found", True), ("Examples: not found", False)):
        examples = found.examples(found=of)
        if examples:
            yield f"\n## {heading}\n"
            yield from (f"- {words}" for words in examples)
