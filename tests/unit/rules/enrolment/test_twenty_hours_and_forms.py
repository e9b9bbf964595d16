"""Handbook 4-1, 4-2 and 6-1: the 20 Hours ECE attestation, one agreement a child, paper copies, documents."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.contract import Fact
from ecegateway.model.enrolment import GuardianSignature
from ecegateway.model.record import Record
from tests.support.enrolments import findings, number, whole, whole_child
from tests.support.records import EVERY_FACT, MONDAY, PERIOD, facts_of, profile

NGAIO = [whole_child(), number()]
DAY = timedelta(days=1)
LIMIT, WEEK, BOOKED = "twenty-hours.day-limit", "twenty-hours.week-limit", "twenty-hours.more-than-booked"


def attested(minutes: str, **changes: Any) -> Record:
    return whole(twenty_hours=minutes, optional_charges="none", **changes)


def fortnightly(minutes: str) -> Record:
    record = whole(twenty_hours=minutes, weekdays=["Mo"])
    every_second = record.bookings[0].model_copy(update={"every_weeks": 2, "counted_from": MONDAY})
    return record.model_copy(update={"bookings": (every_second,)})


@pytest.mark.parametrize(
    ("record", "parameters"),
    [
        pytest.param(
            attested("361 0 0 0 0", times="08:00-16:00"),
            {"most": "6:01", "limit": "6:00"},
            marks=pytest.mark.example("twenty-hours.day-limit", "The attestation allocates six hours and a minute to Mondays."),
        ),
        pytest.param(
            attested("241 240 240 240 240"),
            {"here": "20:01", "elsewhere": "0:00", "limit": "20:00"},
            marks=pytest.mark.example(
                "twenty-hours.week-limit", "The attestation allocates twenty hours and a minute to the week."
            ),
        ),
        pytest.param(
            attested("360 360 360 0 0", other_service_minutes=180),
            {"here": "18:00", "elsewhere": "3:00", "limit": "20:00"},
            marks=pytest.mark.example(
                "twenty-hours.week-limit",
                "The attestation allocates eighteen hours, and three are attested at another service.",
            ),
        ),
        pytest.param(
            attested("240 0 0 0 0", times="08:30-11:30"),
            {"days": "Mo 4:00 of 3:00"},
            marks=pytest.mark.example(
                "twenty-hours.more-than-booked", "The attestation allocates four hours to a day on which three are booked."
            ),
        ),
        pytest.param(
            attested("240 0 0 0 240", weekdays=["Mo"]),
            {"days": "Fr 4:00 of 0:00"},
            marks=pytest.mark.example(
                "twenty-hours.more-than-booked", "The attestation allocates hours to a day that is not booked."
            ),
        ),
    ],
)
def test_an_attestation_that_cannot_be_is_found(
    record: Record, parameters: dict[str, str], request: pytest.FixtureRequest
) -> None:
    (finding,) = findings(request.node.get_closest_marker("example").args[0], *NGAIO, record)
    assert dict(finding.parameters) == parameters
    assert finding.days == tuple(PERIOD.days)
    assert finding.severity == "warns"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(
            attested("360 0 0 0 0"),
            marks=pytest.mark.example("twenty-hours.day-limit", "The attestation allocates six hours to Mondays."),
        ),
        pytest.param(
            attested("240 240 240 240 240"),
            marks=pytest.mark.example(
                "twenty-hours.week-limit", "The attestation allocates twenty hours, and none are attested at another service."
            ),
        ),
        pytest.param(
            attested("360 360 300 0 0", other_service_minutes=180),
            marks=pytest.mark.example(
                "twenty-hours.week-limit",
                "The attestation allocates seventeen hours, and three are attested at another service.",
            ),
        ),
        pytest.param(
            attested("360 360 360 0 0"),
            marks=pytest.mark.example("twenty-hours.more-than-booked", "The attestation allocates the hours booked."),
        ),
        pytest.param(
            fortnightly("360 0 0 0 0"),
            marks=pytest.mark.example(
                "twenty-hours.more-than-booked", "The attestation allocates hours to a day booked every second week."
            ),
        ),
    ],
)
def test_an_attestation_within_the_limits_is_left_alone(record: Record) -> None:
    assert [f for rule in (LIMIT, WEEK, BOOKED) for f in findings(rule, *NGAIO, record)] == []


def test_an_attestation_that_nobody_made_is_not_judged_by_the_hours_elsewhere() -> None:
    assert findings(WEEK, *NGAIO, whole(other_service_minutes=1800)) == []


@pytest.mark.example("twenty-hours.under-three", "A child who turns three next month has an attestation in force.")
def test_days_before_the_third_birthday_are_told() -> None:
    born = date(2023, 3, 10)
    (finding,) = findings("twenty-hours.under-three", whole_child(born=born), attested("240 240 240 240 240"))
    assert (finding.days[0], finding.days[-1]) == (PERIOD.days.first, date(2026, 3, 9))
    assert (finding.severity, dict(finding.parameters)["birthday"]) == ("informs", "2026-03-10")


@pytest.mark.example("twenty-hours.under-three", "The attestation takes effect on the third birthday.")
def test_an_attestation_from_the_birthday_on_is_left_alone() -> None:
    record = attested("240 240 240 240 240", since=date(2026, 3, 10))
    assert findings("twenty-hours.under-three", whole_child(born=date(2023, 3, 10)), record) == []


@pytest.mark.example("twenty-hours.signed-later", "The attestation was signed a week after the agreement took effect.")
def test_days_before_the_attestation_was_signed_are_told() -> None:
    record = attested("240 240 240 240 240", since=MONDAY, attested_on=MONDAY + 7 * DAY)
    (finding,) = findings("twenty-hours.signed-later", *NGAIO, record)
    assert finding.days == tuple(MONDAY + n * DAY for n in range(7))
    assert finding.severity == "informs"


@pytest.mark.example("twenty-hours.signed-later", "The attestation was signed on the day the agreement took effect.")
def test_an_attestation_signed_in_time_is_left_alone() -> None:
    record = attested("240 240 240 240 240", since=MONDAY, attested_on=MONDAY)
    assert findings("twenty-hours.signed-later", *NGAIO, record) == []


SHARED = "enrolment.shared-agreement"
SIBLINGS = [*NGAIO, whole_child("c2"), number("c2")]


@pytest.mark.example("enrolment.shared-agreement", "Two siblings are enrolled under one agreement.")
def test_siblings_must_not_share_an_agreement() -> None:
    (finding,) = findings(SHARED, *SIBLINGS, whole(), whole("c2").model_copy(update={"agreement": "a-c1"}))
    assert dict(finding.parameters) == {"agreement": "kowhai:a-c1", "count": "2"}
    assert finding.evidence == ("kowhai/10842/enrolment/a-c1@1", "kowhai/10842/enrolment/a-c2@1")


@pytest.mark.example("enrolment.shared-agreement", "Two siblings have an agreement each.")
@pytest.mark.example("enrolment.shared-agreement", "Two versions of one child's agreement have the same key.")
def test_an_agreement_of_ones_own_is_left_alone() -> None:
    later = whole(key="a2", since=MONDAY, signed_on=MONDAY)
    assert findings(SHARED, *SIBLINGS, whole(), later, whole("c2")) == []


PAPER = "enrolment.paper-copy"


def changed(signed_on: date, medium: str) -> Record:
    signature = GuardianSignature.model_validate({"by": "g1", "signed_on": signed_on, "medium": medium})
    return whole(key="a2", since=MONDAY).model_copy(update={"signature": signature})


@pytest.mark.example("enrolment.paper-copy", "A change of an agreement was signed electronically.")
def test_electronic_changes_are_counted_once_for_the_source() -> None:
    other = changed(MONDAY, "electronic").model_copy(update={"key": "b2", "child": "c2", "agreement": "a-c2"})
    (finding,) = findings(PAPER, *SIBLINGS, whole(), whole("c2"), changed(MONDAY, "electronic"), other)
    assert (finding.severity, dict(finding.parameters)) == ("informs", {"source": "kowhai", "count": "2"})


@pytest.mark.example("enrolment.paper-copy", "A first agreement was signed electronically.")
@pytest.mark.example("enrolment.paper-copy", "A change of an agreement was signed on paper.")
@pytest.mark.example("enrolment.paper-copy", "A change was signed electronically before the period.")
def test_what_needs_no_copy_now_is_left_alone() -> None:
    assert findings(PAPER, *NGAIO, changed(MONDAY, "electronic")) == []
    assert findings(PAPER, *NGAIO, whole(), changed(MONDAY, "paper")) == []
    assert findings(PAPER, *NGAIO, whole(), changed(PERIOD.days.first - DAY, "electronic")) == []


SIGHTED, UNVERIFIED = "child.document-sighted", "child.number-unverified"


@pytest.mark.example("child.document-sighted", "A child has a number, and no document is noted.")
def test_a_number_that_rests_on_nothing_is_found() -> None:
    (finding,) = findings(SIGHTED, whole_child(), number(document_sighted=None), whole())
    assert (finding.severity, finding.evidence) == ("warns", ("kowhai/10842/student_number/n-c1@1",))


@pytest.mark.example("child.document-sighted", "A birth certificate was sighted.")
@pytest.mark.example("child.document-sighted", "The number is verified by a passport.")
@pytest.mark.example("child.document-sighted", "The source cannot show documents.")
def test_a_number_with_a_document_is_left_alone() -> None:
    assert findings(SIGHTED, *NGAIO, whole()) == []
    assert findings(SIGHTED, whole_child(), number(document_sighted=None, verification="passport"), whole()) == []
    records = [whole_child(), number(document_sighted=None), whole()]
    assert findings(SIGHTED, *records, facts=EVERY_FACT - {Fact.DOCUMENT_SIGHTED}) == []


UNSEEN = number(document_sighted=None, verification="unverified")


@pytest.mark.example("child.number-unverified", "A number is still unverified two weeks after the child was enrolled.")
@pytest.mark.example("child.number-unverified", "A number is unverified and the child was enrolled thirteen days ago.")
def test_a_number_still_unverified_after_two_weeks_is_told() -> None:
    (finding,) = findings(UNVERIFIED, whole_child(), UNSEEN, whole(since=MONDAY))
    assert (finding.days[0], finding.severity, finding.holds) == (MONDAY + 14 * DAY, "informs", False)
    late = whole(since=PERIOD.days.last - 13 * DAY)
    assert findings(UNVERIFIED, whole_child(), UNSEEN, late) == []
    assert findings(SIGHTED, whole_child(), UNSEEN, whole()) == []


@pytest.mark.example("child.number-unverified", "A document was sighted since; the number waits to be verified.")
def test_a_number_whose_document_was_sighted_waits_for_nobody_here() -> None:
    assert findings(UNVERIFIED, whole_child(), number(verification="unverified"), whole()) == []


def test_the_first_agreement_begins_the_two_weeks() -> None:
    again = whole(key="b1", since=MONDAY + 28 * DAY).model_copy(update={"agreement": "b-c1"})
    records = [whole_child(), UNSEEN, whole(since=MONDAY, last_day=MONDAY + 7 * DAY), again]
    (finding,) = findings(UNVERIFIED, *records)
    assert finding.days[0] == MONDAY + 28 * DAY
    assert facts_of(profile(), *records).children[0].agreed[0].since == MONDAY
