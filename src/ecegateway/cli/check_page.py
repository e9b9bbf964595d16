"""What ``ecegateway check`` says: a page for a centre manager on a Monday, short unless everything is asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.text import Text

from ecegateway.contract import Exportable
from ecegateway.export.cause_lines import CauseLine, cause_lines, columns, comes_back, touches, weight
from ecegateway.export.summary import minutes_with
from ecegateway.export.words import clock, count, long_day, period_name, plain_day
from ecegateway.flows.acting import WaivedCause
from ecegateway.flows.check import Changes, Checked
from ecegateway.model.cause import Cause
from ecegateway.model.claim import Verdict
from ecegateway.model.finding import Severity
from ecegateway.model.ids import RuleId
from ecegateway.model.period import local_day

_IN_FULL = 5
"""Causes that hold hours are told in full so far; the others in a line each, so that the page fits a screen or two."""
_NAMES = 4
_ZONE = "Pacific/Auckland"


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is told with: the day, the last day the return is due, what to type for more, and whose each cause is."""

    today: date
    due: date
    asked: str
    everything: bool
    assigned: Mapping[Cause, tuple[str, ...]]

    def by(self, line: CauseLine) -> str:
        """The day a cause matters by, where it is not the day the return is due."""
        due = line.cause.due
        return f"{long_day(due)}, {_left(due, self.today)}" if due is not None and due != self.due else ""

    def who(self, line: CauseLine) -> str:
        """Whose it is."""
        return ", ".join(self.assigned[line.cause]) or "nobody has it yet"

    def names(self, line: CauseLine) -> str:
        """The children it names, the first few unless everything is asked for."""
        names = [one.name for one in line.children if one.child is not None]
        shown = names if self.everything else names[:_NAMES]
        return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(names) > len(shown) else "")


def show_check(screen: Console, checked: Checked, today: date, more: str = "", *, everything: bool = False) -> None:
    """A service's page; ``more`` stands in the commands it names, for instance where the settings are."""
    made = checked.exportable
    asked = f"--service {made.claim.service} --period {made.claim.period}{more}"
    page = Page(today, checked.due, asked, everything, {one.cause: one.assigned for one in checked.open})
    lines = cause_lines(made, [one.cause for one in checked.open])
    holding = [line for line in lines if line.cause.effect.held]
    rest = [line for line in lines if not line.cause.effect.held]
    _head(screen, checked, today)
    if holding:
        screen.print("\n[bold]Put right first: these hold hours back[/]")
    for number, line in enumerate(holding, 1):
        if everything or number <= _IN_FULL:
            _full(screen, page, line, f"{number}. ")
        else:
            if number == _IN_FULL + 1:
                screen.print("")
            _brief(screen, page, line, f"{number}. ")
    _others(screen, page, "An auditor would ask", [line for line in rest if line.cause.severity is not Severity.INFORMS])
    told = [line for line in rest if line.cause.severity is Severity.INFORMS]
    if everything:
        _others(screen, page, "Worth knowing", told)
    elif told:
        screen.print(f"\n[bold]Worth knowing[/]: {', '.join(line.title for line in told)}")
    _waived(screen, made, checked.waived)
    for failure in checked.failures:
        screen.print(f"\nset aside: {failure}", style="red", markup=False)
    _foot(screen, page)


def _head(screen: Console, checked: Checked, today: date) -> None:
    made = checked.exportable.claim
    held = minutes_with(made, Verdict.HELD)
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {period_name(made.period)}, on {long_day(today)}")
    holds = f"{clock(held)} hours are held back." if held else "No hours are held back."
    screen.print(f"{holds} The return is due by {long_day(checked.due)}: {_left(checked.due, today)}.", markup=False)
    if checked.since is None or checked.changes is None:
        screen.print(f"This is the first check kept of this period (number {checked.run}).", markup=False)
    else:
        day = plain_day(local_day(checked.since.at, _ZONE))
        _changes(screen, f"check {checked.since.id} of {day}", checked.changes, checked.exportable)


def _changes(screen: Console, since: str, changes: Changes, exportable: Exportable) -> None:
    if not changes.new and not changes.gone:
        screen.print(f"Nothing is new since {since}.", markup=False)
        return
    screen.print(f"Since {since}, {count(changes.unchanged, 'finding')} as before:", markup=False)
    for word, found in (("new", changes.new), ("gone", changes.gone)):
        children, days = Counter[RuleId](), Counter[RuleId]()
        for one in found:
            children[one.rule] += 1
            days[one.rule] += len(one.days)
        for rule in children:
            title = exportable.rules[rule].title if rule in exportable.rules else rule
            child_days = f", {count(days[rule], 'day')}" if days[rule] else ""
            screen.print(f"  {word}: {title} ({count(children[rule], 'finding')}{child_days})", markup=False)


def _full(screen: Console, page: Page, line: CauseLine, head: str) -> None:
    effect = line.cause.effect
    screen.print(Text.assemble(f"\n{head}", (line.title, "bold"), f": {weight(line)}, {', '.join(touches(line))}".rstrip(", ")))
    back = comes_back(effect) if effect.held and effect.returns != effect.held else ""
    told = (
        ("do", line.rule.fix),
        ("then", back),
        ("also", "; ".join(f"held by “{title}”" for title in line.others)),
        ("cells", ", ".join(columns(effect))),
        ("by", page.by(line)),
        ("for", page.names(line)),
        ("cites", line.rule.cites if page.everything else ""),
        ("who", page.who(line)),
        ("more", f"ecegateway findings list {line.rule.rule} {page.asked}"),
    )
    for label, words in told:
        if words:
            screen.print(Text.assemble((f"   {label + ':':7}", "dim"), words))


def _brief(screen: Console, page: Page, line: CauseLine, head: str = "") -> None:
    said = weight(line) if line.cause.effect.held else ", ".join(touches(line)) or "the service"
    parts = (line.title, said, page.by(line), *page.assigned[line.cause])
    screen.print(f"{head or '   '}{' · '.join(part for part in parts if part)}", markup=False)


def _others(screen: Console, page: Page, heading: str, lines: Sequence[CauseLine]) -> None:
    if lines:
        screen.print(f"\n[bold]{heading}[/]")
    for line in lines:
        if page.everything:
            _full(screen, page, line, "")
        else:
            _brief(screen, page, line)


def _waived(screen: Console, exportable: Exportable, waived: Sequence[WaivedCause]) -> None:
    if not waived:
        return
    screen.print("\n[bold]Waived[/]: somebody said that nothing more is to be done; what held hours still holds them")
    lines = cause_lines(exportable, [one.cause for one in waived])
    for line, one in zip(lines, waived, strict=True):
        for given in one.waivers:
            until = f", until {plain_day(given.word.until)}" if given.word.until is not None else ""
            said = f"waiver {given.id} by {given.word.by}{until}: {given.word.why}"
            screen.print(f"   {line.title} · {weight(line)} · {said}", markup=False)


def _foot(screen: Console, page: Page) -> None:
    screen.print("")
    if not page.everything:
        screen.print(f"everything: ecegateway check --all {page.asked}", markup=False, style="dim")
    screen.print(f"whose it is: ecegateway findings assign RULE --to NAME --by YOU {page.asked}", markup=False, style="dim")


def _left(due: date, today: date) -> str:
    days = (due - today).days
    if days == 0:
        return "today"
    return f"{count(days, 'day')} left" if days > 0 else f"{count(-days, 'day')} ago"
