"""How the way to a student number looks in a terminal, and as JSON."""

from rich.console import Console
from rich.text import Text

from ecegateway.cli.screen import table
from ecegateway.flows.nsn import Kept, Line, next_step
from ecegateway.model.nsn_request import NsnCandidate


def show_lines(screen: Console, lines: tuple[Line, ...]) -> None:
    """The list: a child a row."""
    if not lines:
        screen.print("every enrolled child has a number, and none is known to be unverified", markup=False)
        return
    shown = table("child", "name", "how far", "document due", "what to do next")
    for line in lines:
        shown.add_row(*map(Text, (line.child, line.name, line.way.stage.value, _due(line), next_step(line))))
    screen.print(shown)
    overdue = sum(line.overdue > 0 for line in lines)
    if overdue:
        screen.print(f"{overdue} of the documents asked of families are overdue", markup=False)


def show_way(screen: Console, line: Line) -> None:
    """One child in full."""
    screen.print(f"{line.child} {line.name}: {line.way.stage.value}; next: {next_step(line)}", markup=False)
    if line.way.document_due is not None:
        screen.print(f"document due {_due(line)}", markup=False)
    for one in line.way.decisions:
        number = f" {one.nsn}" if one.nsn is not None else ""
        place = f" in place of {one.replaces}" if one.replaces is not None else ""
        why = f": {one.why}" if one.why else ""
        screen.print(f"{one.at:%Y-%m-%d %H:%M} UTC {one.step}{number}{place}, by {one.by}{why}", markup=False)
    _show_candidates(screen, line)


def show_kept(screen: Console, kept: Kept, line: Line) -> None:
    """A step that was kept, and how far the child is now."""
    screen.print(f"{line.child}: {kept.step.kind.value}; {line.way.stage.value}; next: {next_step(line)}", markup=False)
    for doubt in kept.doubts:
        screen.print(f"look at this: {doubt}", markup=False)
    if kept.step.candidates or kept.step.said:
        _show_candidates(screen, line)


def _show_candidates(screen: Console, line: Line) -> None:
    for said in line.way.said:
        screen.print(f"the index says {said}", markup=False)
    if line.way.candidates:
        shown = table("number", "name", "birth date", "record", ">score", "likeness")
        for one in line.way.candidates:
            name = " ".join((*one.given_names, one.family_name))
            score = "" if one.score is None else str(one.score)
            why = f"{one.likeness.value}: {', '.join(one.reasons)}"
            shown.add_row(*map(Text, (one.nsn, name, str(one.birth_date), _status(one), score, why)))
        screen.print(shown)


def _status(one: NsnCandidate) -> str:
    return one.status if one.master is None else f"merged into {one.master}"


def _due(line: Line) -> str:
    due = line.way.document_due
    if due is None:
        return ""
    return f"{due}, {line.overdue} days ago" if line.overdue else str(due)
