"""The outbox of events on both stores: queued once, counted, reconciled; months confirmed, and what changed since."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from ecegateway.builtin.receipts import FORMAT, VERSION
from ecegateway.eli.past import Standing
from ecegateway.errors import ConfigError, EvidenceMissingError
from ecegateway.evidence.store import Evidence
from ecegateway.flows.confirming import MonthState, Word, confirm, months
from ecegateway.flows.events import EventSettings, Queued, queue
from ecegateway.flows.outbox import Wanted, counts, listed, shown
from ecegateway.flows.reconciling import FamilyCounts, reconcile
from ecegateway.flows.sending import Sent, send
from ecegateway.handbook.policy import policy
from ecegateway.model.eli import Action, Family
from ecegateway.model.period import DateRange
from ecegateway.outbound import Outcome
from tests.support.events import REASONS, TODAY, put, whole_child
from tests.support.ministry import way_into
from tests.support.records import C1, MONDAY, SERVICE, agreement, profile, stay

HOW = EventSettings(policy(), closure_reasons=REASONS)
AT = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
BASICS = (profile(), *whole_child(), agreement())
FEBRUARY = MONDAY.replace(day=1)
MERE = Word("Mere Ngāio, manager")


def queued(evidence: Evidence, **more: bool) -> Queued:
    return queue(evidence, SERVICE, HOW, TODAY, AT, **more)


def sent(evidence: Evidence, folder: Path) -> Sent:
    with way_into(folder) as way:
        return send(evidence, way, SERVICE, lambda: AT)


def accept_all(evidence: Evidence, folder: Path) -> None:
    """Lay everything out, and lay an answer beside each that takes it."""
    sent(evidence, folder)
    for described in folder.glob("*.delivery.json"):
        said = orjson.loads(described.read_bytes())
        answer = {"format": FORMAT, "version": VERSION, "state": "accepted", "sha256": said["sha256"], "reference": said["key"]}
        (folder / f"{said['file']}.receipt.json").write_bytes(orjson.dumps(answer))
    sent(evidence, folder)


def family(evidence: Evidence, wanted: Family) -> FamilyCounts:
    return next(one for one in reconcile(evidence, SERVICE, HOW, TODAY).families if one.family is wanted)


def month(evidence: Evidence, today: date = TODAY, first: date = FEBRUARY) -> MonthState:
    return next(one for one in months(evidence, SERVICE, HOW, today) if one.days.first == first)


def test_what_is_due_is_queued_once_with_ids_that_are_the_same_wherever_it_is_queued(evidence: Evidence) -> None:
    put(evidence, *BASICS, stay(MONDAY))
    first = queued(evidence)
    assert first.counts == {
        (Family.IDENTITY, Action.SET): 1,
        (Family.DEMOGRAPHICS, Action.SET): 1,
        (Family.ENROLMENT, Action.SET): 1,
        (Family.BOOKINGS, Action.SET): 1,
        (Family.ATTENDANCE, Action.SET): 1,
    }
    assert queued(evidence).total == 0
    events = listed(evidence, SERVICE, Wanted())
    assert [one.event.event.number for one in events] == [1, 2, 3, 4, 5]
    keys = [one.event.event.key for one in events]
    assert keys[0] == "f5df3a2d-c55d-5fc9-87de-c7b2e625a509"  # another number here tells all services' events anew
    assert len(set(keys)) == 5
    assert counts(evidence, SERVICE) == {(one.event.event.family, Standing.PENDING): 1 for one in events}


def test_pages_are_turned_and_one_event_is_shown_with_its_bytes(evidence: Evidence) -> None:
    put(evidence, *BASICS, *(stay(MONDAY + timedelta(days=n)) for n in range(3)))
    queued(evidence)
    attendance = Wanted(family=Family.ATTENDANCE, most=2)
    page = listed(evidence, SERVICE, attendance)
    assert [one.event.event.number for one in page] == [5, 6]
    rest = listed(evidence, SERVICE, Wanted(family=Family.ATTENDANCE, after=6, most=2))
    assert [one.event.event.number for one in rest] == [7]
    assert not listed(evidence, SERVICE, Wanted(standing=Standing.ACCEPTED))
    assert len(listed(evidence, SERVICE, Wanted(child=C1))) == 7

    one = shown(evidence, SERVICE, 1)
    assert one.content["OfficialGiven1Name"] == "Ngāio"
    assert "<OfficialGiven2Name>Ānia</OfficialGiven2Name>" in one.xml.decode()
    assert not one.attempts
    with pytest.raises(EvidenceMissingError, match="has no event 99"):
        shown(evidence, SERVICE, 99)


def test_what_lies_in_the_folder_is_not_laid_out_again_and_counts_once_it_is_answered(
    evidence: Evidence, tmp_path: Path
) -> None:
    put(evidence, *BASICS, stay(MONDAY))
    queued(evidence)
    assert sent(evidence, tmp_path).outcomes == {Outcome.LAID_OUT: 5}
    assert sent(evidence, tmp_path).outcomes == {Outcome.LAID_OUT: 5}
    files = sorted(path.name for path in tmp_path.glob("*.xml"))
    assert [name.split("-")[1] for name in files] == [
        "ChildIdentity",
        "ChildDemographics",
        "ChildEnrolment",
        "ChildBookingSchedule",
        "ChildAttendance",
    ]
    assert not reconcile(evidence, SERVICE, HOW, TODAY).settled
    accept_all(evidence, tmp_path)
    done = reconcile(evidence, SERVICE, HOW, TODAY)
    assert done.settled
    assert [(one.here, one.there, one.alike) for one in done.families][:6] == [(1, 1, 1)] * 4 + [(0, 0, 0), (1, 1, 1)]


def test_what_changes_before_it_was_sent_is_sent_once_as_it_is(evidence: Evidence, tmp_path: Path) -> None:
    put(evidence, *BASICS, stay(MONDAY))
    queued(evidence)
    put(evidence, stay(MONDAY, "09:30-15:00"))
    assert queued(evidence).counts == {(Family.ATTENDANCE, Action.SET): 1}
    assert counts(evidence, SERVICE)[Family.ATTENDANCE, Standing.SUPERSEDED] == 1
    accept_all(evidence, tmp_path)
    assert len(list(tmp_path.glob("*ChildAttendance*.xml"))) == 1
    assert family(evidence, Family.ATTENDANCE).settled


def test_a_month_is_confirmed_by_somebody_once_its_records_are_taken(evidence: Evidence, tmp_path: Path) -> None:
    put(evidence, *BASICS, stay(MONDAY))
    assert month(evidence).word(TODAY) == "overdue"
    with pytest.raises(ConfigError, match="1 of 1 things told are not taken"):
        confirm(evidence, SERVICE, HOW, FEBRUARY, MERE, today=TODAY, at=AT)
    queued(evidence)
    accept_all(evidence, tmp_path)

    state = confirm(evidence, SERVICE, HOW, FEBRUARY, MERE, today=TODAY, at=AT)
    assert state.word(TODAY) == "confirmed"
    assert state.confirmed is not None
    assert (state.confirmed.by, state.due) == ("Mere Ngāio, manager", date(2026, 3, 31))
    assert queued(evidence).counts == {(Family.CONFIRMATION, Action.SET): 1}
    with pytest.raises(ConfigError, match="confirmed already, by Mere"):
        confirm(evidence, SERVICE, HOW, FEBRUARY, MERE, today=TODAY, at=AT)


def test_a_change_after_the_confirmation_needs_no_other_and_is_shown(evidence: Evidence) -> None:
    put(evidence, *BASICS, stay(MONDAY))
    although = Word("Mere", although="the other side was down all month")
    confirm(evidence, SERVICE, HOW, FEBRUARY, although, today=TODAY, at=AT)
    queued(evidence)
    put(evidence, stay(MONDAY, "10:00-15:00"))
    assert month(evidence).word(TODAY) == "confirmed, changed since"
    assert (Family.CONFIRMATION, Action.SET) not in queued(evidence).counts
    again = confirm(evidence, SERVICE, HOW, FEBRUARY, although, today=TODAY, at=AT)
    assert again.word(TODAY) == "confirmed"
    assert again.confirmed is not None
    assert again.confirmed.statement.endswith("Confirmed although 1 were open: the other side was down all month")
    assert queued(evidence).total == 0  # the month was told


@pytest.mark.parametrize(
    ("today", "word"),
    [
        (date(2026, 2, 28), "not over"),
        (date(2026, 3, 1), "to confirm"),
        (date(2026, 3, 24), "to confirm"),
        (date(2026, 3, 25), "due soon"),
        (date(2026, 3, 31), "due soon"),
        (date(2026, 4, 1), "overdue"),
    ],
)
def test_a_month_is_due_by_the_end_of_the_next(today: date, word: str) -> None:
    state = MonthState(DateRange(FEBRUARY, date(2026, 3, 1)), date(2026, 3, 31), 1, 0, 0, None, changed=False)
    assert state.word(today) == word


def test_a_month_that_is_not_over_or_not_on_record_is_not_confirmed(evidence: Evidence) -> None:
    put(evidence, *BASICS, stay(MONDAY))
    with pytest.raises(ConfigError, match="2026-02 is not over; it can be confirmed from 2026-03-01 on"):
        confirm(evidence, SERVICE, HOW, FEBRUARY, MERE, today=date(2026, 2, 20), at=AT)
    with pytest.raises(ConfigError, match="nothing of service 10842 is on record in 2025-11"):
        confirm(evidence, SERVICE, HOW, date(2025, 11, 1), MERE, today=TODAY, at=AT)


def test_a_service_without_records_is_said_to_have_none(evidence: Evidence) -> None:
    with pytest.raises(EvidenceMissingError):
        queued(evidence)
