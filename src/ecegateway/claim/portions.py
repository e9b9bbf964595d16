"""Cutting a day's portions: giving some minutes another fate without losing any."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ecegateway.model.claim import Portion, Verdict
from ecegateway.model.ids import EvidenceId, RuleId
from ecegateway.model.spans import Span, Spans, within, without
from ecegateway.rules.registry import Clause


@dataclass(frozen=True, slots=True)
class Fate:
    """What some minutes become, and why; without ``evidence`` of its own the minutes keep theirs."""

    verdict: Verdict
    reason: RuleId
    switch: str | None
    evidence: tuple[EvidenceId, ...]


def fate(why: Clause, verdict: Verdict, evidence: tuple[EvidenceId, ...] = ()) -> Fate:
    """The fate a clause gives."""
    return Fate(verdict, why.id, why.switch, evidence)


def portion(span: Span, why: Clause, evidence: tuple[EvidenceId, ...], verdict: Verdict = Verdict.CLAIMED) -> Portion:
    """A span of minutes with one fate."""
    return Portion(span[1] - span[0], span[0], verdict, None, why.id, why.switch, evidence)


def is_claimed(p: Portion) -> bool:
    """Whether the minutes are claimed."""
    return p.verdict is Verdict.CLAIMED


def claimed_spans(portions: Iterable[Portion]) -> Spans:
    """Where in the day the claimed minutes lie; minutes the Handbook adds lie nowhere."""
    return tuple((p.starts, p.starts + p.minutes) for p in portions if p.verdict is Verdict.CLAIMED and p.starts is not None)


def claimed_minutes(portions: Iterable[Portion]) -> int:
    """All claimed minutes, the added ones too."""
    return sum(p.minutes for p in portions if p.verdict is Verdict.CLAIMED)


def turn(portions: tuple[Portion, ...], fate: Fate) -> tuple[Portion, ...]:
    """Every claimed minute takes the verdict, reason, switch and evidence of ``fate``; the rest stays."""
    return tuple(_as(p, fate) if p.verdict is Verdict.CLAIMED else p for p in portions)


def turn_within(portions: tuple[Portion, ...], spans: Spans, fate: Fate) -> tuple[Portion, ...]:
    """Claimed minutes inside ``spans`` take the fate; portions are cut where the spans begin and end."""
    cut: list[Portion] = []
    for p in portions:
        if p.verdict is not Verdict.CLAIMED or p.starts is None:
            cut.append(p)
            continue
        own = ((p.starts, p.starts + p.minutes),)
        pieces = [(span, p) for span in without(own, spans)] + [(span, _as(p, fate)) for span in within(own, spans)]
        cut += [replace(piece, starts=start, minutes=end - start) for (start, end), piece in sorted(pieces, key=lambda x: x[0])]
    return tuple(cut)


def trim_last(
    portions: tuple[Portion, ...], excess: int, fate: Fate, trims: Callable[[Portion], bool] = is_claimed
) -> tuple[Portion, ...]:
    """The last ``excess`` minutes of the portions that ``trims`` picks take the fate."""
    kept: list[Portion] = []
    for p in reversed(portions):
        taken = min(excess, p.minutes) if trims(p) else 0
        excess -= taken
        if taken:
            left = p.minutes - taken
            starts = None if p.starts is None else p.starts + left
            kept.append(replace(_as(p, fate), minutes=taken, starts=starts))
        if taken < p.minutes:
            kept.append(replace(p, minutes=p.minutes - taken))
    return tuple(reversed(kept))


def _as(p: Portion, fate: Fate) -> Portion:
    return replace(
        p, verdict=fate.verdict, category=None, reason=fate.reason, switch=fate.switch, evidence=fate.evidence or p.evidence
    )
