"""What ``ecegateway events`` prints."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import Progress

from ecegateway.cli.screen import table
from ecegateway.eli.delta import Lost
from ecegateway.eli.past import Standing
from ecegateway.flows.confirming import MonthState
from ecegateway.flows.events import Queued
from ecegateway.flows.outbox import Listed, Shown, Wanted
from ecegateway.flows.reconciling import FamilyCounts, Reconciled
from ecegateway.flows.sending import Sent
from ecegateway.model.eli import Family, Held
from ecegateway.model.ids import ServiceNumber

_MOST_LOST = 20
_LOST = "in no record here any longer, and nobody said it was deleted: look, then `ecegateway events queue --delete-lost`"


def show_queued(screen: Console, done: Queued) -> None:
    """What was queued for a service."""
    screen.print(f"service {done.service}: {done.total} events queued", markup=False)
    for (family, action), count in sorted(done.counts.items()):
        screen.print(f"  {count:6} {family} {action}", markup=False)
    _say_held(screen, done.held)
    _say_lost(screen, done.lost)


def show_list(
    screen: Console,
    service: ServiceNumber,
    totals: Mapping[tuple[Family, Standing], int],
    events: Sequence[Listed],
    wanted: Wanted,
) -> None:
    """How many events stand how, and those asked for."""
    counted = table("family", *(f">{standing}" for standing in Standing), title=f"Events of service {service}")
    for family in Family:
        numbers = [totals.get((family, standing), 0) for standing in Standing]
        if any(numbers):
            counted.add_row(family, *(str(number) if number else "" for number in numbers))
    screen.print(counted)
    found = table(">number", "family", "action", "stands", "entity", "reasons")
    for one in events:
        kept, reasons = one.event.event, "; ".join(f"{reason.code}: {reason.says}" for reason in one.reasons)
        found.add_row(str(kept.number), kept.family, kept.action, one.event.standing, kept.entity, reasons)
    screen.print(found)
    if len(events) == wanted.most:
        screen.print(f"there may be more: --after {events[-1].event.event.number}", markup=False)


def show_held(screen: Console, held: Sequence[Held]) -> None:
    """Everything that cannot be said, one a line."""
    for one in held:
        what = one.entity or one.family or "everything"
        kind = "held" if one.holds else "look at"
        day = f" on {one.day}" if one.day is not None else ""
        screen.print(f"{kind}: {one.child or 'the service'}: {what}{day}: {one.reason}; {one.fix}", markup=False)
    screen.print(f"{len(held)} in all", markup=False)


def show_event(screen: Console, found: Shown) -> None:
    """One event in full."""
    kept = found.event.event
    screen.print(f"event {kept.number}, {kept.key}: {kept.family} {kept.action}, {found.event.standing}", markup=False)
    screen.print(found.xml.decode(), markup=False)
    for attempt in found.attempts:
        end = attempt.end
        said = "nobody knows how it ended" if end is None else end.receipt.outcome.value
        reasons = () if end is None else end.receipt.reasons
        why = "; ".join(f"{reason.code}: {reason.says}" for reason in reasons)
        screen.print(
            f"attempt {attempt.id} at {attempt.at:%Y-%m-%d %H:%M:%S} UTC by {attempt.transport}: {said} {why}".rstrip()
        )


def show_sent(screen: Console, done: Sent) -> None:
    """What came of sending."""
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(done.outcomes.items())) or "nothing to send"
    screen.print(f"service {done.service}: {said}", markup=False)
    if done.waiting:
        why = done.stopped or "what they are about was rejected or did not get there; see `ecegateway events list`"
        screen.print(f"  {done.waiting} wait: {why}", markup=False)


def show_reconciled(screen: Console, done: Reconciled) -> None:
    """Both sides, family by family."""
    headings = ("family", ">here", ">there", ">alike", ">on the way", ">rejected", ">held", ">to queue", ">lost", "")
    found = table(*headings, title=f"Service {done.service}: here, and there by what was accepted")
    for one in done.families:
        found.add_row(one.family, *map(str, _numbers(one)), "the same" if one.settled else "differs")
    screen.print(found)
    _say_lost(screen, done.lost)
    _say_held(screen, done.held)


def _numbers(one: FamilyCounts) -> tuple[int, ...]:
    return one.here, one.there, one.alike, one.on_the_way, one.rejected, one.held, one.to_queue, one.lost


def show_months(screen: Console, service: ServiceNumber, states: Sequence[MonthState], today: date) -> None:
    """How each month stands."""
    found = table(
        "month", "stands", "due by", ">told", ">not taken", ">held", "confirmed by", title=f"Months of service {service}"
    )
    for one in states:
        word = one.confirmed
        by = "" if word is None else f"{word.by}, {word.at:%Y-%m-%d}{'' if word.at.date() <= one.due else ', late'}"
        numbers = (str(one.entities), str(one.untold), str(one.held))
        found.add_row(f"{one.days.first:%Y-%m}", one.word(today), one.due.isoformat(), *numbers, by)
    screen.print(found)


@contextmanager
def progress(screen: Console, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A line that moves while events go out; silent in a pipe."""
    if not (shown and screen.is_terminal):
        yield lambda _done, _of: None
        return
    with Progress(console=screen, transient=True) as bar:
        task = bar.add_task("sending", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _say_lost(screen: Console, lost: Sequence[Lost]) -> None:
    """What is lost: the first of it by name, the rest as a number."""
    for one in lost[:_MOST_LOST]:
        screen.print(f"  lost: {one.family} {one.entity}", markup=False)
    if lost:
        screen.print(f"  {len(lost)} lost: {_LOST}", markup=False)


def _say_held(screen: Console, held: Sequence[Held]) -> None:
    """What is held back, by reason."""
    reasons = Counter((str(one.family or "everything of a child"), one.reason, one.fix) for one in held if one.holds)
    for (family, reason, fix), count in sorted(reasons.items()):
        screen.print(f"  held: {count:5} {family}: {reason}; {fix}", markup=False)
