"""What people say about a claim's causes: kept as evidence, and as it stands on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from ecegateway.errors import ConfigError
from ecegateway.evidence.record import Assignment, Ending, Given, Waiver
from ecegateway.evidence.store import Evidence
from ecegateway.model.cause import Cause
from ecegateway.model.claim import Claim
from ecegateway.model.finding import Finding
from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person's word is about: a rule's findings, of one child or all, on some days; both days inside."""

    rule: RuleId
    service: ServiceNumber
    child: ChildKey | None
    first_day: date
    last_day: date


def scope(claim: Claim, rule: str, child: str | None, first: date | None, last: date | None) -> Scope:
    """What a word about a claim's findings covers; by default all days of the period.

    Raises:
        ConfigError: nothing that was found lies wholly within it.
    """
    days = claim.period.days
    key = None if child is None else ChildKey(child)
    found = Scope(RuleId(rule), claim.service, key, first or days.first, last or days.last)
    if not any(covers(found, finding) for finding in claim.findings):
        raise ConfigError(
            f"rule {rule!r} found nothing that lies wholly within these days and children; "
            "`ecegateway findings list` shows what was found, with rules, keys and days"
        )
    return found


def waive(store: Evidence, about: Scope, *, by: str, why: str, until: date | None, at: datetime) -> int:
    """Keep a person's word that nothing more is to be done; gives the waiver's number."""
    return store.waive(Waiver(about.rule, about.service, about.child, about.first_day, about.last_day, by, why, until, at))


def assign(store: Evidence, about: Scope, *, person: str, by: str, note: str, at: datetime) -> int:
    """Keep whose a cause is; gives the assignment's number."""
    return store.assign(
        Assignment(about.rule, about.service, about.child, about.first_day, about.last_day, person, by, note, at)
    )


def withdraw(store: Evidence, what: Literal["waiver", "assignment"], number: int, *, by: str, why: str, at: datetime) -> None:
    """Keep a person's word that a waiver or an assignment counts no longer.

    Raises:
        EvidenceMissingError: there is none of this number, or it was withdrawn already.
    """
    store.withdraw(what, number, Ending(by, why, at))


@dataclass(frozen=True, slots=True)
class OpenCause:
    """A cause to act on, and the people it is assigned to, the newest first."""

    cause: Cause
    assigned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaivedCause:
    """A cause, or the part of one, on which a person has said that nothing more is to be done.

    It holds the hours it held: a waiver is a word about action, and makes no hour claimable.
    """

    cause: Cause
    waivers: tuple[Given[Waiver], ...]


def standing(
    causes: Sequence[Cause], waivers: Sequence[Given[Waiver]], assignments: Sequence[Given[Assignment]], today: date
) -> tuple[tuple[OpenCause, ...], tuple[WaivedCause, ...]]:
    """The causes to act on, and those waived on a day; a cause of which only some findings are waived stands in both."""
    count = [one for one in waivers if counts(one, today)]
    tasks = [one.word for one in assignments if one.end is None]
    found, waived = list[OpenCause](), list[WaivedCause]()
    for cause in causes:
        aside = tuple(finding for finding in cause.findings if any(covers(one.word, finding) for one in count))
        rest = tuple(finding for finding in cause.findings if finding not in aside)
        if rest:
            people = (task.person for task in reversed(tasks) if any(covers(task, finding) for finding in rest))
            found.append(OpenCause(_without(cause, rest, aside), tuple(dict.fromkeys(people))))
        if aside:
            by = tuple(one for one in count if any(covers(one.word, finding) for finding in aside))
            waived.append(WaivedCause(_without(cause, aside, rest), by))
    return tuple(found), tuple(waived)


def words(said: Sequence[Given[Waiver] | Given[Assignment]], today: date, rule: str | None = None) -> Iterator[str]:
    """What people said of a rule's findings (or of all), a line each, those that count no longer too."""
    for given in said:
        word, until = given.word, ""
        if rule not in (None, word.rule):
            continue
        if isinstance(word, Waiver):
            kind, told = "waiver", f"{word.by}: {word.why}"
            until = f" until {word.until}" if word.until is not None else ""
            over = " (past its last day)" if word.until is not None and today > word.until else ""
        else:
            kind, told, over = "assignment", f"{word.person}, says {word.by}" + (f": {word.note}" if word.note else ""), ""
        over = f" (withdrawn by {given.end.by}: {given.end.why})" if given.end is not None else over
        about = f"{word.rule}, {word.child or 'every child'}, {word.first_day} to {word.last_day}{until}"
        yield f"{kind} {given.id}{over}: {about}; {told}"


def counts(given: Given[Waiver], today: date) -> bool:
    """Whether a waiver counts on a day: not withdrawn, and not past the last day it was given for."""
    return given.end is None and (given.word.until is None or today <= given.word.until)


def covers(word: Waiver | Assignment | Scope, finding: Finding) -> bool:
    """Whether a person's word speaks of a finding: its rule, its child or all, and every day it names."""
    return (
        (word.rule, word.service) == (finding.rule, finding.service)
        and word.child in (None, finding.child)
        and all(word.first_day <= day <= word.last_day for day in finding.days)
    )


def _without(cause: Cause, kept: tuple[Finding, ...], left: tuple[Finding, ...]) -> Cause:
    """A cause cut to some of its findings; a child's day that both parts name stays with each."""
    if not left:
        return cause
    own, others = ({(one.child, day) for one in part for day in one.days} for part in (kept, left))
    days = tuple(one for one in cause.effect.days if (one.child, one.day) in own or (one.child, one.day) not in others)
    return replace(cause, findings=kept, effect=replace(cause.effect, days=days))
