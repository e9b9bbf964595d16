"""One errand to the other side: send, or ask what became of it, until it is known or time is up."""

from contextlib import suppress

from ecegateway.errors import AnswerLostError, DeliveryError, PluginContractError, SourceFatalError, SourceRetryableError
from ecegateway.flows.ways import Way
from ecegateway.intake.reasons import plain
from ecegateway.outbound import Outcome, Outgoing, Reason, Receipt
from ecegateway.transport.retry import ask_again

OPEN = frozenset({Outcome.UNKNOWN, Outcome.RECEIVED})
"""Outcomes after which the other side is asked before anything else."""


class Errand:
    """Hands one thing over.

    ``receipt`` is what is known so far: ``None`` before anything was sent. What the other side said it has is never sent
    again; what may have got there is sent again only once the other side says that it never had it.
    """

    def __init__(self, way: Way, outgoing: Outgoing, receipt: Receipt | None, *, may_send: bool) -> None:
        self._way = way
        self._outgoing = outgoing
        self._may_send = may_send
        self._handing = way.handing()
        self._stuck = False
        self.receipt = receipt

    @property
    def answer(self) -> bytes:
        """The newest answer that held anything, as it came."""
        return self._handing.answer

    def settle(self) -> Receipt:
        """Go on until it is known what becomes of it, or nothing more is to be learned now."""
        with suppress(SourceFatalError):
            ask_again(self._turn, attempts=self._way.limits.attempts, left=self._handing.left, sleep=self._way.sleep)
        assert self.receipt is not None
        return self.receipt

    def inquire(self) -> Receipt | None:
        """What the other side says of it; unknown if it cannot be asked."""
        transport, outgoing = self._way.transport, self._outgoing
        try:
            found = self._handing.run("inquire", lambda: transport.inquire(outgoing), Receipt, type(None))
            return None if found is None else self._checked(found)
        except (DeliveryError, PluginContractError) as error:
            return _broken(Outcome.UNKNOWN, error)

    def _turn(self) -> None:
        held = self.receipt
        found = None if held is None else self.inquire()
        if found is None and (held is None or held.outcome is Outcome.UNKNOWN):
            found = self._deliver()
        elif found is None or found.outcome is Outcome.UNKNOWN:
            self._stuck = True
            found = held if held is not None and held.outcome is Outcome.RECEIVED else found
        self.receipt = found
        if found is not None and found.outcome is Outcome.UNKNOWN and not self._stuck:
            raise SourceRetryableError("it is not known yet what becomes of it")

    def _deliver(self) -> Receipt:
        if not self._may_send:
            return Receipt(Outcome.NOT_SENT, reasons=(Reason("version", "this version of the payload is not taken any more"),))
        self._handing.sent = False
        transport, outgoing = self._way.transport, self._outgoing
        try:
            return self._checked(self._handing.run("deliver", lambda: transport.deliver(outgoing), Receipt))
        except (DeliveryError, PluginContractError) as error:
            return _broken(Outcome.UNKNOWN if self._handing.sent else Outcome.NOT_SENT, error)

    def _checked(self, receipt: Receipt) -> Receipt:
        """A receipt whose words can be kept."""
        reasons = receipt.reasons if isinstance(receipt.reasons, tuple) else (None,)
        texts = [text for reason in reasons if isinstance(reason, Reason) for text in (reason.code, reason.says, reason.where)]
        whole = isinstance(receipt.outcome, Outcome) and all(isinstance(reason, Reason) for reason in reasons)
        if not whole or not all(isinstance(text, str) for text in (*texts, receipt.reference or "")):
            raise PluginContractError(f"{self._way.hands.whose} gives a receipt with something else than words; tell its maker")
        return Receipt(
            receipt.outcome,
            None if receipt.reference is None else plain(receipt.reference),
            tuple(Reason(plain(one.code), plain(one.says), plain(one.where)) for one in receipt.reasons),
        )


def _broken(outcome: Outcome, error: DeliveryError | PluginContractError) -> Receipt:
    """What is known when an errand broke off."""
    code = (
        "plugin" if isinstance(error, PluginContractError) else "lost" if isinstance(error, AnswerLostError) else "not reached"
    )
    return Receipt(outcome, reasons=(Reason(code, plain(str(error))),))
