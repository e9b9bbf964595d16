"""When a return is made, and a return of nothing.

Source: ECE Funding Handbook 2-4; the Ministry's dates for returns and resubmissions.
"""

from collections.abc import Iterator

from ecegateway.claim.returns.declare import Asked, Objection, return_rule
from ecegateway.handbook.citation import cite
from ecegateway.model.deadlines import Standing
from ecegateway.model.return_check import Sure, Weight
from ecegateway.model.rs7 import ReturnKind
from ecegateway.rules.registry import found, passes

_WHEN = cite("2-4", "when the return is due")
_WHOLE = cite("14-4", "fully completed")


@return_rule(
    "return.before-window",
    "Before the window opens",
    message="The window opens on {opens}; the return is asked for on {on}{what}.",
    why="A return is made once its four months are over. Hours of days that have not been are nobody's to declare.",
    fix="Wait until the window opens. A service that closes for good within the period asks the Ministry.",
    cites=_WHEN,
    weight=Weight.WARNING,
    sure=Sure.PUBLISHED,
    condition="The day of asking lies before the first day after the period. If hours stand for that day or a later one, the "
    "return cannot be signed.",
    examples=(
        found("A return for February to May on 20 May, with hours up to 28 May: it cannot be signed."),
        found("A return for February to May on 20 May, with hours up to 10 May: somebody should look."),
        passes("A return for February to May on 1 June."),
    ),
)
def before_window(asked: Asked) -> Iterator[Objection]:
    """A return of days to come."""
    on = asked.on
    if on is None or asked.window.standing(on) is not Standing.NOT_YET:
        return
    ahead = any(counts.day >= on and any(counts.figures) for counts in asked.made.counts)
    what = ", and has hours for days that are not over" if ahead else ""
    said = (("opens", f"{asked.window.opens:%Y-%m-%d}"), ("on", f"{on:%Y-%m-%d}"), ("what", what))
    yield Objection(parameters=said, weight=Weight.ERROR if ahead else None)


@return_rule(
    "return.late-without-reason",
    "Late, and no reason given",
    message="The return was due on {due}, and nothing says why it is {what}.",
    why="A late return is taken and paid late. Whoever looks at it in seven years asks why it was late, or why it was changed "
    "after the window.",
    fix="Prepare the return again with the reason.",
    cites=_WHEN,
    weight=Weight.WARNING,
    sure=Sure.OURS,
    condition="The day of asking lies after the window's last day, and the return gives no reason. One that takes the place "
    "of an earlier one then cannot be signed.",
    examples=(
        found("A first return a week after the window, without a reason: somebody should look."),
        found("A revised return a week after the window, without a reason: it cannot be signed."),
        passes("A revised return a week after the window, with a reason."),
        passes("A revised return within the window, without a reason."),
    ),
)
def late_without_reason(asked: Asked) -> Iterator[Objection]:
    """A late return or a late change that nobody explained."""
    late = asked.on is not None and asked.window.standing(asked.on) in (Standing.LATE, Standing.CLOSED)
    if late and not asked.made.reason.strip():
        change = asked.before is not None or asked.made.kind is ReturnKind.REVISED
        said = (("due", f"{asked.window.due:%Y-%m-%d}"), ("what", "changed now" if change else "late"))
        yield Objection(parameters=said, weight=Weight.ERROR if change else None)


@return_rule(
    "return.no-longer-taken",
    "No longer taken electronically",
    message="A change was taken electronically until {until}.",
    why="Returns of a period can be sent again until the end of the third month after it; after that a correction goes on "
    "paper.",
    fix="Print the correction of the period, figure by figure, and ask the Ministry how it wants it.",
    cites=_WHEN,
    weight=Weight.WARNING,
    sure=Sure.PUBLISHED,
    condition="The day of asking lies after the end of the third month after the period.",
    examples=(
        found("A return for February to May on 1 September."),
        passes("A return for February to May on 31 August."),
    ),
)
def no_longer_taken(asked: Asked) -> Iterator[Objection]:
    """A return that comes too late for any window."""
    if asked.on is not None and asked.window.standing(asked.on) is Standing.CLOSED:
        yield Objection(parameters=(("until", f"{asked.window.resubmit_until:%Y-%m-%d}"),))


@return_rule(
    "return.zero-claims",
    "A zero return that claims something",
    message="The return claims nothing by its kind, and {hours} hours and {days} advance days by its figures.",
    why="By a zero return nothing is claimed.",
    fix="Prepare the return again, either as a zero return or as one that claims.",
    cites=_WHOLE,
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="The return is a zero return, and a count or an advance day in it is not nought.",
    examples=(
        found("A zero return has six hours on one day."),
        passes("A zero return has noughts alone."),
    ),
)
def zero_claims(asked: Asked) -> Iterator[Objection]:
    """Figures in a return of nothing."""
    hours, days = _sums(asked)
    if asked.made.kind is ReturnKind.ZERO and (hours or days):
        yield Objection(parameters=(("hours", str(hours)), ("days", str(days))))


@return_rule(
    "return.nothing-claimed",
    "Nothing claimed, and no zero return",
    message="Every child hour of the period is nought.",
    why="A return without a single hour is either a zero return or a sign that records are missing or held back.",
    fix="Make a zero return if nothing is to be claimed; otherwise see what holds the hours back.",
    cites=_WHOLE,
    weight=Weight.WARNING,
    sure=Sure.OURS,
    condition="The return is no zero return, and each of its funded child hours is nought.",
    examples=(
        found("A first return has noughts alone."),
        passes("A first return has six hours on one day."),
    ),
)
def nothing_claimed(asked: Asked) -> Iterator[Objection]:
    """A return of nothing that does not say so."""
    if asked.made.kind is not ReturnKind.ZERO and not any(counts.child_hours for counts in asked.made.counts):
        yield Objection()


def _sums(asked: Asked) -> tuple[int, int]:
    hours = sum(sum(counts.figures) for counts in asked.made.counts)
    return hours, sum(month.all_day + month.sessional + month.parent_led for month in asked.made.advance)


RULES = (before_window, late_without_reason, no_longer_taken, zero_claims, nothing_claimed)
