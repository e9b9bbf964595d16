"""A claim compared with another reading of it, from the store: read once, nothing written."""

from datetime import datetime

import pytest

from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.record import NewVersion, Series, ServiceEvidence, State
from ecegateway.evidence.store import Evidence
from ecegateway.flows.what_if import compare
from ecegateway.handbook.policy import policy
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.record import Record
from tests.storage.filling import FEED, NOON, SERVICE, SOURCE, answer, begin
from tests.support.records import C1, EVERY_FACT, MONDAY, PERIOD, agreement, child, profile, stay


def put(evidence: Evidence, *records: Record) -> None:
    """The records, each as a first version."""
    pull = begin(evidence, facts=EVERY_FACT)
    with evidence.transaction() as writing:
        receipt = writing.keep(pull, FEED, answer(), NOON)
        for record in records:
            series = writing.series(Series(SOURCE, SERVICE, record.stream, SOURCE))
            writing.append(series, receipt, [NewVersion(record.key, 1, State.PRESENT, *canonical(record))])


def test_the_evidence_is_read_once_and_nothing_is_written(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child who came on a day without any teacher: doubtful point A40."""
    put(evidence, profile(), *child(), agreement(), stay(MONDAY))
    reads: list[ServiceEvidence] = []
    read = Evidence.evidence_of

    def counted(store: Evidence, service: ServiceNumber, known_at: datetime | None = None) -> ServiceEvidence:
        reads.append(read(store, service, known_at))
        return reads[-1]

    monkeypatch.setattr(Evidence, "evidence_of", counted)
    before = evidence.head()
    found = compare(evidence, SERVICE, PERIOD, policy(), policy({"rs7.zero-staff-day": "warn"}))
    assert [(one.child, one.gained, one.lost) for one in found.what_if.children] == [(C1, 360, 0)]
    assert found.exportable.child_names[C1] == "Ngāio Tūmanako"
    assert len(reads) == 1
    assert evidence.head() == before
