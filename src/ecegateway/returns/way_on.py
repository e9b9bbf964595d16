"""What comes next in a return's life, and who may do it, in words and as a command."""

from dataclasses import dataclass

from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.returns.life import Handing, ReturnState, Standing


@dataclass(frozen=True, slots=True)
class WayOn:
    """The next step: in words, and the command to type."""

    words: str
    command: str

    def __str__(self) -> str:
        return f"{self.words}: `{self.command}`"


def start(service: ServiceNumber, period: FundingPeriod) -> WayOn:
    """How a return begins."""
    return WayOn("somebody prepares it", f"ecegateway return prepare --service {service} --period {period} --by NAME")


def way_on(standing: Standing, preparer: str) -> WayOn | None:
    """What comes next with a return; ``None`` where nothing is left to do with it, and another may be started."""
    found = _SUBMITTED.get(standing.handing) if standing.state is ReturnState.SUBMITTED else _next(standing)
    if found is None:
        return None
    words, rest = found
    return WayOn(words.format(preparer=preparer), f"ecegateway return {rest}".format(number=standing.number))


def _next(standing: Standing) -> tuple[str, str] | None:
    if standing.state is ReturnState.VALIDATED and not standing.attests:
        return _NEXT[ReturnState.ATTESTED]
    return _NEXT.get(standing.state)


_NEXT = {
    ReturnState.DRAFT: ("somebody checks it", "validate {number} --by NAME"),
    ReturnState.VALIDATED: (
        "somebody says whether teachers' salaries are attested",
        "attest {number} --salaries --by NAME",
    ),
    ReturnState.ATTESTED: (
        "somebody other than {preparer} signs",
        "sign {number} --by NAME --phone NUMBER --designation WORDS",
    ),
    ReturnState.SIGNED: ("it is handed over", "submit {number} --by NAME"),
}
_SUBMITTED = {
    Handing.NOT_TRIED: ("it is handed over", "submit {number} --by NAME"),
    Handing.NOT_SENT: ("it did not get there; try again", "submit {number} --by NAME"),
    Handing.UNKNOWN: ("it may have got there; ask before anything else", "submit {number} --by NAME"),
    Handing.THERE: ("the Ministry has it and has not decided; ask again", "ask {number}"),
    Handing.LAID_OUT: (
        "take it on from the outbox, and record what the Ministry says",
        "receive {number} --accepted --reference WORDS --by NAME",
    ),
}
