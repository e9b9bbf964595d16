"""The demo's last act: a return goes to the simulated Ministry, a late sheet comes back, and a correction takes its place."""

from datetime import date, timedelta

from rich.console import Console

from ecegateway import clock
from ecegateway.bootstrap import Gateway, keyring
from ecegateway.cli.returns_page import receipt_words
from ecegateway.demo.people import cast
from ecegateway.demo.world import KOTUKU
from ecegateway.export.summary import hours_claimed
from ecegateway.export.words import count
from ecegateway.flows import return_making, return_sending, return_steps
from ecegateway.flows.check import check
from ecegateway.flows.claim import prepare
from ecegateway.flows.events import event_settings, queue
from ecegateway.flows.nsn import listed
from ecegateway.flows.nsn_desk import Desk
from ecegateway.flows.nsn_index import Index, create, search
from ecegateway.flows.return_reading import StandingReturn, all_returns
from ecegateway.flows.sending import send
from ecegateway.flows.ways import Way
from ecegateway.model.nsn_request import Stage
from ecegateway.model.period import FundingPeriod

IN_TIME = date(2026, 6, 3)
"""The invented day on which the return is made: the third working day of the window."""
_FIRST_WEEK = date(2026, 2, 8)
_NOT_YET = "what is held back is claimed once it is put right"


def filed(gateway: Gateway, period: FundingPeriod) -> tuple[StandingReturn, ...]:
    """The returns that were made in this run or an earlier one."""
    return all_returns(gateway.evidence, KOTUKU, period)


def file_return(screen: Console, gateway: Gateway, way: Way, period: FundingPeriod) -> None:
    """Prepare, check, sign and hand over Te Kōtuku's return: one person prepares it, another signs."""
    _file(screen, gateway, way, period, "", IN_TIME)


def ask_for_number(screen: Console, gateway: Gateway, way: Way) -> None:
    """Search the simulated index for the child without a number; nothing is like it, so a record is made."""
    assert way.index is not None
    people = cast(KOTUKU)
    by = f"{people.administrator.given} {people.administrator.family}"
    desk, index = Desk(gateway.evidence, KOTUKU, gateway.policy, by, clock.now(), IN_TIME), Index(way.index, way.handing)
    for line in listed(desk):
        if line.number or line.document is None or line.way.stage is not Stage.NOTHING:
            continue
        found = search(desk, index, line.child)
        made = create(desk, index, line.child, "nothing like it in the index; the passport was sighted")
        alike = count(len(found.step.candidates), "record")
        screen.print(
            f"  child {line.child}: {alike} in the student index; {made.step.by} has one made, on a {made.step.document}",
            markup=False,
        )


def correct_return(screen: Console, gateway: Gateway, way: Way, period: FundingPeriod) -> None:
    """Make the return again from what came since, and hand it over in place of the first."""
    _file(
        screen, gateway, way, period, "a parent's sheet and a student number came after the first", IN_TIME + timedelta(days=2)
    )


def tell_events(screen: Console, gateway: Gateway, way: Way) -> None:
    """Queue and send what the Ministry is told of the first week of February."""
    how = event_settings(gateway.policy, gateway.config.ministry)
    queued = queue(gateway.evidence, KOTUKU, how, _FIRST_WEEK, clock.now())
    sent = send(gateway.evidence, way, KOTUKU, clock.now)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(sent.outcomes.items()))
    screen.print(f"  {queued.total} events of the first week of February queued: {told}", markup=False)


def show_filed(screen: Console, gateway: Gateway, period: FundingPeriod) -> None:
    """Where each return stands."""
    for one in filed(gateway, period):
        screen.print(f"  return {one.number}, revision {one.kept.revision}: {one.state}", markup=False)


def _file(screen: Console, gateway: Gateway, way: Way, period: FundingPeriod, why: str, today: date) -> None:
    evidence, policy, people = gateway.evidence, gateway.policy, cast(KOTUKU)
    office, head = people.administrator, people.staff[0]
    preparer, signer = f"{office.given} {office.family}", f"{head.given} {head.family}"
    wish = return_making.Wish(reason=why)
    check(evidence, KOTUKU, period, policy, programmes=gateway.plugins.programmes(), now=clock.now(), today=today)
    made = return_making.prepare(evidence, KOTUKU, period, policy, wish, by=preparer, at=clock.now(), today=today)
    words = {"by": preparer, "without_held": _NOT_YET}
    found = return_steps.validate(evidence, made.number, policy, at=clock.now(), today=today, **words)
    for refusal in found.refused:
        screen.print(f"  stands against return {made.number}: {refusal}", style="red", markup=False)
    declared = return_steps.Signature(signer, "04 555 0100", "Head teacher")
    keys = keyring(gateway.config)
    return_steps.sign(evidence, made.number, declared, policy, keys, at=clock.now(), today=today)
    receipt = return_sending.submit(evidence, way, made.number, policy, by=signer, now=clock.now)
    hours = sum(hours_claimed(prepare(evidence, KOTUKU, period, policy).claim).values())
    who = f"prepared by {preparer}, signed by {signer}"
    which = f"return {made.number}, revision {made.made.revision}"
    screen.print(f"  {which}, {hours:,} child hours: {who}; {receipt_words(receipt)}", markup=False)
