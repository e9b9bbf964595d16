"""Hands a signed return over, once, and keeps what the other side says of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ecegateway.errors import ReturnError
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.documents import document
from ecegateway.evidence.returns import KeptReturn, add_step
from ecegateway.evidence.store import Evidence
from ecegateway.export.rs7_xml import NAMESPACE
from ecegateway.flows.delivery import ask_after, hand_over
from ecegateway.flows.return_making import claim_now, refuse, refuse_nobody, stale
from ecegateway.flows.return_reading import StandingReturn, standing_return
from ecegateway.flows.ways import Way
from ecegateway.handbook.policy import Policy
from ecegateway.outbound import About, Outgoing, Receipt
from ecegateway.returns.life import Handing, ReturnState, Step, may

FAMILY, MEDIA_TYPE = "RS7Return", "application/xml"
KEY = "key"
"""Name in the detail of a submitted return: the key under which it is handed over."""


def submit(store: Evidence, way: Way, number: int, policy: Policy, *, by: str, now: Callable[[], datetime]) -> Receipt:
    """Hand a signed return over, or find out what became of it; it never arrives twice.

    Raises:
        ReturnError: it is not signed, its outcome is known, or it has not left and the evidence has changed since.
        DeliveryRefusedError: another process is at it.
    """
    refuse_nobody(by)
    one, outgoing = _signed(store, number)
    refuse(may(Step.SUBMITTED, one.standing))
    if one.state is ReturnState.SIGNED or one.standing.handing is Handing.NOT_SENT:
        refuse(stale(one.kept, claim_now(store, one.kept, policy).claim))

    def order(adding: Appending) -> None:
        standing = standing_return(adding.connection, number).standing
        refuse(may(Step.SUBMITTED, standing))
        if Step.SUBMITTED not in standing.steps:
            add_step(adding, number, Step.SUBMITTED, by, now(), {KEY: outgoing.key})

    return hand_over(store, way, outgoing, number, now, ordered=order)


def ask(store: Evidence, way: Way, number: int, *, now: Callable[[], datetime]) -> Receipt | None:
    """What has become of a return that was handed over; nothing is sent. ``None`` if the other side never had it.

    Raises:
        ReturnError: it was not handed over, or its outcome is known.
        DeliveryRefusedError: another process is at it.
    """
    one, outgoing = _signed(store, number)
    if one.state is not ReturnState.SUBMITTED:
        raise ReturnError(
            f"return {number} is {one.state}: there is nothing to ask; `ecegateway return show {number}` says more"
        )
    return ask_after(store, way, outgoing, number, now)


def _signed(store: Evidence, number: int) -> tuple[StandingReturn, Outgoing]:
    """A signed return, and what of it is handed over."""
    with store.inspecting() as connection:
        one = standing_return(connection, number)
        signed = one.kept.step(Step.SIGNED)
        if signed is None or signed.document is None:
            raise ReturnError(str(may(Step.SUBMITTED, one.standing)))
        return one, outgoing_of(one.kept, document(connection, signed.document))


def outgoing_of(kept: KeptReturn, body: bytes) -> Outgoing:
    """A signed return as it is handed over, under a key made from what it is: equal bytes of one revision, equal key."""
    name = f"rs7-{kept.service}-{kept.period}-r{kept.revision}"
    digest = hashlib.sha256(body).hexdigest()
    return Outgoing(
        about=About.RETURN,
        key=f"{name}-{digest}",
        service=kept.service,
        family=FAMILY,
        name=f"{name}-{digest[:8]}.xml",
        media_type=MEDIA_TYPE,
        body=body,
        version=NAMESPACE.rpartition(":")[2],
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the Ministry said to a person: taken or not, under which reference, why not, and the answer itself if any."""

    taken: bool
    reference: str = ""
    reasons: Sequence[str] = ()
    file: bytes | None = None


def receive(store: Evidence, number: int, answer: Answer, *, by: str, at: datetime) -> None:
    """Keep what the Ministry said of a return that was handed over.

    Raises:
        ReturnError: it has not left, or its outcome is known.
    """
    refuse_nobody(by)
    step = Step.RECEIVED if answer.taken else Step.REJECTED
    detail = {"reference": answer.reference, "reasons": list(answer.reasons)}
    with store.adding() as adding:
        refuse(may(step, standing_return(adding.connection, number).standing))
        add_step(adding, number, step, by, at, detail, answer.file)
