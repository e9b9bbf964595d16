"""What several services of one store say together: found at each of them, the same whoever is asked, the same again later."""

from datetime import UTC, datetime, timedelta

import pytest

from ecegateway.evidence.record import NewVersion, Series, ServiceEvidence, State
from ecegateway.evidence.store import Evidence
from ecegateway.facts.elsewhere import NOBODY_SHARED
from ecegateway.flows.across import presences, shared_in
from ecegateway.flows.claim import prepare
from ecegateway.flows.what_if import compare
from ecegateway.handbook.policy import policy
from ecegateway.model.ids import RecordKey, ServiceNumber
from ecegateway.model.record import Record
from tests.storage.filling import FEED, NOON, SERVICE, SOURCE, answer, begin, put
from tests.support.records import EVERY_FACT, MONDAY, PERIOD, agreement, child, profile, shift, staffed, stay
from tests.support.two_services import OTHER, at_other

THIRD = ServiceNumber("10844")
LATER = NOON + timedelta(days=1)


def remove(evidence: Evidence, record: Record, at: datetime) -> None:
    pull = begin(evidence, at, facts=EVERY_FACT)
    with evidence.transaction() as writing:
        receipt = writing.keep(pull, FEED, answer(f"gone {at}".encode()), at)
        series = writing.series(Series(SOURCE, record.service, record.stream, SOURCE))
        writing.append(series, receipt, [NewVersion(record.key, 2, State.DELETED, "", b"")])


HERE = [profile(), *child(), agreement(), *staffed(), stay(MONDAY)]
THERE = at_other([profile(), *child(), *staffed([MONDAY]), stay(MONDAY, "10:00-12:00")])
APART = [
    record.model_copy(update={"service": THIRD})
    for record in (profile(), child("c7")[0], shift(MONDAY, person="t7"), stay(MONDAY, child_key="c7"))
]


def across(evidence: Evidence, service: ServiceNumber, **how: object) -> list[tuple[str, str]]:
    made = prepare(evidence, service, PERIOD, policy(), **how)  # type: ignore[arg-type]
    return [(f.rule, dict(f.parameters)["other"]) for f in made.claim.findings if f.rule.startswith("across.")]


def test_each_service_has_its_own_finding_and_a_third_has_none(evidence: Evidence) -> None:
    put(evidence, *HERE, *THERE, *APART, facts=EVERY_FACT)
    found = {service: across(evidence, service) for service in evidence.services()}
    assert found == {
        SERVICE: [("across.child-twice", OTHER), ("across.staff-twice", OTHER)],
        OTHER: [("across.child-twice", SERVICE), ("across.staff-twice", SERVICE)],
        THIRD: [],
    }
    among = shared_in(evidence)
    assert {service: across(evidence, service, among=among) for service in evidence.services()} == found


def test_of_services_that_share_nobody_nothing_but_the_roll_is_read(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(evidence, *HERE, *THERE, *APART, facts=EVERY_FACT)
    among = shared_in(evidence)
    reads: list[ServiceNumber] = []
    read = Evidence.evidence_of

    def counted(store: Evidence, service: ServiceNumber, known_at: datetime | None = None) -> ServiceEvidence:
        reads.append(service)
        return read(store, service, known_at)

    monkeypatch.setattr(Evidence, "evidence_of", counted)
    kept = presences(evidence, SERVICE, PERIOD.days, policy=policy(), among=among)
    assert (reads, [one.service for one in kept]) == ([OTHER], [OTHER])
    assert presences(evidence, THIRD, PERIOD.days, policy=policy(), among=among) == ()


def test_a_store_of_one_service_reads_no_roll(evidence: Evidence) -> None:
    put(evidence, *HERE, facts=EVERY_FACT)
    assert shared_in(evidence) is NOBODY_SHARED
    assert across(evidence, SERVICE) == []


def test_a_service_without_a_licence_is_left_out(evidence: Evidence) -> None:
    put(evidence, *HERE, *[record for record in THERE if record.stream != "service"], facts=EVERY_FACT)
    assert across(evidence, SERVICE) == []


def test_a_claim_is_known_as_of_the_newest_of_either_service_and_comes_out_the_same_then(evidence: Evidence) -> None:
    put(evidence, *HERE, *THERE, facts=EVERY_FACT)
    before = prepare(evidence, SERVICE, PERIOD, policy()).claim
    moved = at_other([stay(MONDAY, "15:00-16:00")])
    put(evidence, *moved, number=2, at=LATER, facts=EVERY_FACT)
    after = prepare(evidence, SERVICE, PERIOD, policy()).claim
    assert (before.known_at, after.known_at) == (NOON, LATER)
    assert before.input_digest != after.input_digest
    assert [f.rule for f in after.findings if f.rule.startswith("across.")] == ["across.staff-twice"]
    for claim in (before, after):
        assert prepare(evidence, SERVICE, PERIOD, policy(), known_at=claim.known_at).claim == claim


def test_a_child_whose_record_is_deleted_there_was_still_shared(evidence: Evidence) -> None:
    """Who is shared never shrinks, so that a claim made today can be made again as of today."""
    put(evidence, *HERE, *THERE, facts=EVERY_FACT)
    gone = next(record for record in THERE if record.stream == "child")
    remove(evidence, gone, LATER)
    made = prepare(evidence, SERVICE, PERIOD, policy()).claim
    assert made.known_at == LATER
    assert prepare(evidence, SERVICE, PERIOD, policy(), known_at=made.known_at).claim == made


def test_another_reading_sees_the_other_services_too(evidence: Evidence) -> None:
    put(evidence, *HERE, *THERE, facts=EVERY_FACT)
    found = compare(evidence, SERVICE, PERIOD, policy(), policy({"across.two-places": "warn"}))
    assert [(one.child, one.gained, one.lost) for one in found.what_if.children] == [("kowhai:c1", 360, 0)]


def test_some_streams_of_a_service_can_be_read_alone(evidence: Evidence) -> None:
    put(evidence, *HERE, facts=EVERY_FACT)
    found = evidence.evidence_of(SERVICE, streams={"child"})
    assert [version.key for version in found.versions] == [RecordKey("c1")]
    assert found.known_at == datetime(2026, 6, 2, tzinfo=UTC)
