"""Hands something over once, whatever breaks off: written down before a byte leaves, asked about before it is tried again."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from ecegateway.errors import DeliveryRefusedError
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.deliveries import Delivery, begin_delivery, deliveries_by_key, deliveries_of, end_delivery
from ecegateway.evidence.store import Evidence
from ecegateway.flows.errand import OPEN, Errand
from ecegateway.flows.ways import Way
from ecegateway.logs import get_log
from ecegateway.model.period import local_day
from ecegateway.outbound import About, Outcome, Outgoing, Receipt

_WELLINGTON = "Pacific/Auckland"
_DONE = frozenset({Outcome.ACCEPTED, Outcome.LAID_OUT})
_UNKNOWN = Receipt(Outcome.UNKNOWN)


def _freely(_: Appending) -> None:
    """Whoever calls may hand it over."""


def hand_over(
    evidence: Evidence,
    way: Way,
    outgoing: Outgoing,
    number: int,
    now: Callable[[], datetime],
    *,
    ordered: Callable[[Appending], None] = _freely,
) -> Receipt:
    """Hand over the thing of a number (a return, an event), unless it was taken already.

    The attempt is stored before a byte leaves, and how it ended after it. If an earlier attempt broke off, or its answer was
    lost, the other side is asked first. What was accepted or laid out is not sent again. ``ordered`` is called in the
    transaction that stores the attempt: it stores who wants it, or raises where it is no longer wanted.

    Returns:
        What the other side says, or what is known without it: never reached, or perhaps reached. A transport that misbehaves
        is named in the reasons.

    Raises:
        DeliveryRefusedError: another process is handing over one of the service's; the key stands for other bytes; the
            payload's version is not taken today; or an earlier attempt went another way and is still open.
    """
    digest = sha256(outgoing.body).digest()
    with evidence.one_delivery(outgoing.about.value, outgoing.service):
        newest = _newest(evidence, outgoing, number, digest)
        held = _held(newest, way)
        if held is not None and held.outcome in _DONE:
            return held
        may_send = way.takes(outgoing, local_day(now(), _WELLINGTON))
        if held is None and not may_send:
            raise way.not_taken(outgoing, local_day(now(), _WELLINGTON))
        with evidence.adding() as adding:
            ordered(adding)
            attempt = begin_delivery(adding, outgoing, number, digest, way.description.name, now())
        errand = Errand(way, outgoing, held, may_send=may_send)
        receipt = errand.settle()
        with evidence.adding() as adding:
            end_delivery(adding, attempt, receipt, errand.answer, now())
    _log(outgoing, number, receipt)
    return receipt


def ask_after(evidence: Evidence, way: Way, outgoing: Outgoing, number: int, now: Callable[[], datetime]) -> Receipt | None:
    """What has become of something handed over; nothing is sent. News of it are stored.

    Returns:
        The newest that is known; ``None`` if it was never handed over, or the other side never had it.

    Raises:
        DeliveryRefusedError: as for :func:`hand_over`.
    """
    digest = sha256(outgoing.body).digest()
    with evidence.one_delivery(outgoing.about.value, outgoing.service):
        newest = _newest(evidence, outgoing, number, digest)
        if newest is None:
            return None
        held = _UNKNOWN if newest.end is None else newest.end.receipt
        if held.outcome not in OPEN | {Outcome.LAID_OUT}:
            return held
        _refuse_another_way(newest, way)
        errand = Errand(way, outgoing, held, may_send=False)
        found = errand.inquire()
        if found is None or found.outcome is Outcome.UNKNOWN or found == held:
            return None if found is None and held.outcome is Outcome.UNKNOWN else held
        with evidence.adding() as adding:
            attempt = begin_delivery(adding, outgoing, number, digest, way.description.name, now())
            end_delivery(adding, attempt, found, errand.answer, now())
    _log(outgoing, number, found)
    return found


def deliveries(evidence: Evidence, about: About, number: int) -> list[Delivery]:
    """Every attempt to hand over the thing of a number, oldest first."""
    with evidence.inspecting() as connection:
        return deliveries_of(connection, about, number)


def _newest(evidence: Evidence, outgoing: Outgoing, number: int, digest: bytes) -> Delivery | None:
    with evidence.inspecting() as connection:
        earlier = deliveries_of(connection, outgoing.about, number)
        of_key = deliveries_by_key(connection, outgoing.key)
    _refuse_another(outgoing, number, digest, (*earlier, *of_key))
    return earlier[-1] if earlier else None


def _refuse_another(outgoing: Outgoing, number: int, digest: bytes, earlier: Iterable[Delivery]) -> None:
    """A key stands for one thing and its bytes, from the first attempt on that may have got anywhere."""
    for attempt in earlier:
        if attempt.end is not None and attempt.end.receipt.outcome is Outcome.NOT_SENT:
            continue
        if (attempt.about, attempt.number, attempt.key) != (outgoing.about, number, outgoing.key):
            raise DeliveryRefusedError(
                f"{outgoing.name}: the key {outgoing.key!r} and number {number} do not belong together: attempt {attempt.id} "
                f"handed over {attempt.about} {attempt.number} under {attempt.key!r}; nothing was sent"
            )
        if attempt.digest != digest:
            raise DeliveryRefusedError(
                f"{outgoing.name}: attempt {attempt.id} handed over other bytes under the key {outgoing.key!r} "
                f"(SHA-256 {attempt.digest.hex()}, now {digest.hex()}); nothing was sent: make a correction, with its own key"
            )


def _held(newest: Delivery | None, way: Way) -> Receipt | None:
    """What is known of it: ``None`` if nothing is in the air."""
    if newest is None:
        return None
    if newest.end is not None and newest.end.receipt.outcome not in OPEN:
        receipt = newest.end.receipt
        return receipt if receipt.outcome in _DONE else None
    _refuse_another_way(newest, way)
    return _UNKNOWN if newest.end is None else newest.end.receipt


def _refuse_another_way(newest: Delivery, way: Way) -> None:
    if newest.transport != way.description.name:
        raise DeliveryRefusedError(
            f"attempt {newest.id} went by the transport {newest.transport!r}, and what became of it is not known; set "
            f"ministry.transport back to it, ask, then change to {way.description.name!r}"
        )


def _log(outgoing: Outgoing, number: int, receipt: Receipt) -> None:
    log = get_log().bind(about=outgoing.about.value, number=number, family=outgoing.family, service=outgoing.service)
    log.info("handed over", outcome=receipt.outcome.value)
