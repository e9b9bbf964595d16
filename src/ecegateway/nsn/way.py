"""How far the way to a child's number has come, read from its steps; nothing of it is stored as a state."""

from collections.abc import Sequence

from ecegateway.model.nsn_request import Likeness, NsnWay, Stage
from ecegateway.nsn.steps import Kind, NsnStep
from ecegateway.outbound import Identity

TOO_MANY_CODE = "784"
"""The index's word for more results than it shows (public client, era 2015-2018)."""
NO_RESULT_CODE = "785"
"""The index's word for no result."""
_NUMBERING = frozenset({Kind.CHOSEN, Kind.CREATED, Kind.RECORDED, Kind.MERGED})


def way(steps: Sequence[NsnStep]) -> NsnWay:
    """The way as its steps, oldest first, leave it; when a document is due, the facts say."""
    if not steps:
        return NsnWay()
    search = last_search(steps)
    return NsnWay(
        stage=_stage(steps, search),
        candidates=search.candidates if search is not None else (),
        said=tuple(f"{reason.code}: {reason.says}" for reason in search.said) if search is not None else (),
        decisions=tuple(step.decision for step in steps),
    )


def last_search(steps: Sequence[NsnStep], who: Identity | None = None) -> NsnStep | None:
    """The newest search; with ``who``, only if it asked for this very identity: a child whose record changed is sought anew."""
    found = next((step for step in reversed(steps) if step.kind is Kind.SEARCHED), None)
    return None if found is None or (who is not None and found.asked != who) else found


def search_stage(search: NsnStep) -> Stage:
    """What a search came to; an answer with other words than that there is no result is unclear."""
    alike = {one.likeness for one in search.candidates}
    if Likeness.EXACT in alike:
        return Stage.EXACT
    if Likeness.NEAR in alike:
        return Stage.NEAR
    codes = {reason.code for reason in search.said}
    if TOO_MANY_CODE in codes:
        return Stage.TOO_MANY
    return Stage.NONE if codes <= {NO_RESULT_CODE} else Stage.UNCLEAR


def number_in(steps: Sequence[NsnStep]) -> NsnStep | None:
    """The newest step that gave a number."""
    return next((step for step in reversed(steps) if step.kind in _NUMBERING), None)


def _stage(steps: Sequence[NsnStep], search: NsnStep | None) -> Stage:
    numbered = number_in(steps)
    if numbered is not None:
        return _numbered_stage(steps)
    latest = next((step for step in reversed(steps) if step.kind in (Kind.SEARCHED, Kind.ASKED)), None)
    if latest is None:
        return Stage.NOTHING
    return Stage.ASKED if latest.kind is Kind.ASKED or search is None else search_stage(search)


def _numbered_stage(steps: Sequence[NsnStep]) -> Stage:
    unverified = False
    sighted = False
    for step in steps:
        if step.kind is Kind.RECORDED or step.kind in (Kind.CHOSEN, Kind.CREATED):
            unverified = step.verification == "unverified"
        if step.kind is Kind.VERIFIED:
            unverified = False
        sighted = sighted or step.document is not None
    if not unverified:
        return Stage.NUMBERED
    return Stage.DOCUMENT_SIGHTED if sighted else Stage.DOCUMENT_DUE
