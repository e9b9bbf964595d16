"""How returns read on a screen: where each stands, by whom, what comes next and until when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console

from ecegateway.cli.screen import table
from ecegateway.export.deadline_words import due_words
from ecegateway.export.words import clock, count, instant_words, month_name, period_name
from ecegateway.flows.return_reading import FILES, SIGNATURE, Due, StandingReturn
from ecegateway.flows.return_steps import Validated
from ecegateway.outbound import Reason, Receipt
from ecegateway.returns.life import ReturnState

_OWED = frozenset({ReturnState.DRAFT, ReturnState.VALIDATED, ReturnState.ATTESTED, ReturnState.SIGNED, ReturnState.REJECTED})


def show_due(screen: Console, due: Sequence[Due], today: date, more: str) -> None:
    """A line for each return that is owed."""
    for one in due:
        screen.print(due_line(one, today, more), markup=False)


def due_line(one: Due, today: date, more: str = "") -> str:
    """``10842, February to May 2026: due Friday 5 June 2026, 9 days left; next: …``."""
    following = one.following
    next_ = f"{following.words}: `{following.command}{more}`"
    return f"{one.service}, {period_name(one.period)}: {due_words(one.window, today)}; next: {next_}"


def show_list(screen: Console, found: Sequence[StandingReturn]) -> None:
    """A table of returns."""
    if not found:
        screen.print("No return was prepared yet.")
        return
    listing = table(">number", "service", "period", ">revision", "kind", "state", "prepared by", "signed by")
    for one in found:
        kept, signed = one.kept, one.kept.step("signed")
        listing.add_row(
            *(str(kept.id), kept.service, str(kept.period), str(kept.revision), kept.kind.value, _stands(one), kept.by),
            "" if signed is None else signed.by,
        )
    screen.print(listing)


def _stands(one: StandingReturn) -> str:
    """The state; of one under way, what is known of it as well."""
    handing = one.standing.handing
    return f"{one.state}, {handing}" if one.state is ReturnState.SUBMITTED else one.state.value


def show_return(screen: Console, one: StandingReturn, today: date, more: str, *, brief: bool = False) -> None:
    """A return: where it stands, what comes next and until when; unless ``brief``, every step and attempt as well."""
    kept = one.kept
    screen.print(
        f"return {kept.id}: {kept.service}, {period_name(kept.period)}, revision {kept.revision} ({kept.kind}): {_stands(one)}",
        markup=False,
    )
    if not brief:
        for at, told in sorted(_life(one)):
            screen.print(f"  {instant_words(at)}: {told}", markup=False)
    due = f"{due_words(one.window, today)}; " if one.state in _OWED else ""
    following = one.following
    if following is not None:
        screen.print(f"  {due}next: {following.words}: `{following.command}{more}`", markup=False)


def _life(one: StandingReturn) -> Iterator[tuple[datetime, str]]:
    kept = one.kept
    yield kept.at, f"prepared by {kept.by}, of evidence known at {instant_words(kept.known_at)}"
    for step in kept.steps:
        yield step.at, f"{step.step} by {step.by}{_told(step.detail)}"
    for tried in one.deliveries:
        if tried.end is None:
            yield tried.at, f"handing over by {tried.transport}: nobody saw it end"
        else:
            yield tried.end.at, f"handed over by {tried.transport}: {receipt_words(tried.end.receipt)}"


def _told(detail: Mapping[str, Any]) -> str:
    """What a step's detail says, but for what machines alone read."""
    said = {name: words for name, words in detail.items() if words not in (None, "", []) and name not in (FILES, SIGNATURE)}
    return f" ({'; '.join(f'{_plain(name)}: {_listed(words)}' for name, words in said.items())})" if said else ""


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _listed(words: Any) -> str:
    if isinstance(words, bool):
        return "yes" if words else "no"
    return ", ".join(map(str, words)) if isinstance(words, list) else str(words)


def show_receipt(screen: Console, receipt: Receipt) -> None:
    """What came of handing a return over."""
    screen.print(receipt_words(receipt), markup=False)


def receipt_words(receipt: Receipt) -> str:
    """``accepted, reference R-17``; with its reasons where there are any."""
    reference = "" if receipt.reference is None else f", reference {receipt.reference}"
    return f"{receipt.outcome}{reference}" + "".join(f"; {_reason(one)}" for one in receipt.reasons)


def _reason(one: Reason) -> str:
    return f"{one.code}{f' at {one.where}' if one.where else ''}: {one.says}"


def show_checks(screen: Console, found: Validated) -> None:
    """What a check of a return saw."""
    if found.checks:
        listing = table("weight", "what", "fix", "cited")
        for one in found.checks:
            listing.add_row(one.weight, one.what, one.fix, f"{one.cites} ({one.sure})")
        screen.print(listing)
    warnings = sum(not one.blocks for one in found.checks)
    screen.print(
        f"{count(len(found.checks) - warnings, 'error')}, {count(warnings, 'warning')}; "
        f"{clock(found.held_minutes)} hours held back"
    )
    if found.unchecked:
        screen.print(f"absences not looked at: {', '.join(month_name(month.first) for month in found.unchecked)}")
    for refusal in found.refused:
        screen.print(f"  stands against it: {refusal}", style="red", markup=False)
