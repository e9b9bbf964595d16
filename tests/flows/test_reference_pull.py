"""The reference source against its vendor over real sockets, in every weather: nothing lost, nothing doubled."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import ecegateway_source_reference
from ecegateway.config import SourceConfig
from ecegateway.evidence.record import State, Version
from ecegateway.evidence.store import Evidence
from ecegateway.flows.pull import pull
from ecegateway.flows.report import Progress, PullReport, unwatched
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.record import Record
from ecegateway.plugins import Plugins
from ecegateway.testing import VendorSimulator
from ecegateway.testing.examples import SERVICE, example_records, stays
from ecegateway.testing.vendor_faults import Fault
from tests.flows.pulling import NOW, Sleeps, sums

DAY = datetime(2026, 2, 27, 3, 0, tzinfo=UTC)
STAYS = stays(18)
PAGES_OF_STAYS = 5
RECORDS: tuple[Record, ...] = (*(record for record in example_records() if record.stream != "attendance"), *STAYS)
ALL_ONCE = sorted((record.stream, str(record.key), 1) for record in RECORDS)

Mishap = Callable[[VendorSimulator, int], Fault | None]


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[VendorSimulator]:
    with VendorSimulator(page_limit=4) as simulator:
        monkeypatch.setenv("KOWHAI_ID", simulator.client_id)
        monkeypatch.setenv("KOWHAI_SECRET", simulator.client_secret)
        simulator.publish(RECORDS, at=DAY)
        yield simulator


def pull_kowhai(
    evidence: Evidence,
    vendor: VendorSimulator,
    watch: Callable[[Progress], None] = unwatched,
    sleeps: Sleeps | None = None,
    **limits: float,
) -> PullReport:
    plugins = Plugins()
    plugins.register(ecegateway_source_reference, name="reference", origin="test")
    settings: dict[str, Any] = {
        "name": "kowhai",
        "plugin": "kowhai",
        "services": [SERVICE],
        "base_url": vendor.base_url,
        "client_id": "env:KOWHAI_ID",
        "client_secret": "env:KOWHAI_SECRET",
        "limits": limits,
    }
    config = SourceConfig.model_validate(settings)
    return pull(evidence, plugins, config, lambda: NOW, watch=watch, sleep=sleeps or Sleeps())


def versions(evidence: Evidence) -> tuple[Version, ...]:
    return () if evidence.head() is None else evidence.evidence_of(SERVICE).versions


def contents(evidence: Evidence) -> list[tuple[str, str, int]]:
    """Every stored version: stream, key, number."""
    return sorted((version.stream, str(version.key), version.version) for version in versions(evidence))


def of_key(evidence: Evidence, record: Record) -> list[Version]:
    return [version for version in versions(evidence) if (version.stream, version.key) == (record.stream, record.key)]


def test_what_is_stored_is_what_the_vendor_holds(evidence: Evidence, vendor: VendorSimulator) -> None:
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert sums(report) == (len(RECORDS), len(RECORDS), 0, 0)
    by_place = {(version.stream, version.key): version.record for version in versions(evidence)}
    assert by_place == {(record.stream, record.key): record for record in RECORDS}


def test_a_second_pull_asks_only_for_changes_and_stores_nothing(evidence: Evidence, vendor: VendorSimulator) -> None:
    pull_kowhai(evidence, vendor)
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert sums(report) == (1, 0, 1, 0)  # the profile, which always comes whole
    assert vendor.asked("attendances") == PAGES_OF_STAYS + 1
    assert contents(evidence) == ALL_ONCE


ONCE: dict[str, Mishap] = {
    "a body cut short": lambda v, page: v.cut_body(200, collection="attendances", page=page),
    "a body cut short, length unsaid": lambda v, page: v.cut_body(
        200, declare_length=False, collection="attendances", page=page
    ),
    "a sign-in page with 200": lambda v, page: v.html_login_page(collection="attendances", page=page),
    "a dropped connection": lambda v, page: v.drop_connection(collection="attendances", page=page),
    "429": lambda v, page: v.too_many_requests(collection="attendances", page=page, times=3),
    "503": lambda v, page: v.server_errors(collection="attendances", page=page, times=2),
    "a page one item short": lambda v, page: v.wrong_count(collection="attendances", page=page),
    "a slow drip": lambda v, page: v.slow_drip(1000, collection="attendances", page=page),
    "an empty page": lambda v, page: v.empty_page_in_the_middle(collection="attendances", page=page),
}


@pytest.mark.parametrize("page", [1, 3, PAGES_OF_STAYS], ids=["first", "middle", "last"])
@pytest.mark.parametrize("mishap", ONCE.values(), ids=ONCE)
def test_a_mishap_that_passes_loses_and_doubles_nothing(
    evidence: Evidence, vendor: VendorSimulator, mishap: Mishap, page: int
) -> None:
    fault = mishap(vendor, page)
    report = pull_kowhai(evidence, vendor, request_seconds=0.5)
    assert fault is not None
    assert fault.happened == fault.times
    assert report.failure is None
    assert sums(report) == (len(RECORDS), len(RECORDS), 0, 0)
    assert contents(evidence) == ALL_ONCE


@pytest.mark.parametrize("requests", [0, 1, 9, 14])
def test_a_token_that_expires_mid_way_is_renewed(evidence: Evidence, vendor: VendorSimulator, requests: int) -> None:
    vendor.expire_token(requests)
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert vendor.tokens_given == 2
    assert contents(evidence) == ALL_ONCE


def test_retry_after_is_obeyed(evidence: Evidence, vendor: VendorSimulator) -> None:
    sleeps = Sleeps()
    vendor.too_many_requests(retry_after="17", collection="absences", times=2)
    assert pull_kowhai(evidence, vendor, sleeps=sleeps).failure is None
    assert sleeps.seconds == [17, 17]


LASTING: dict[str, tuple[str, Mishap]] = {
    "a sign-in page": ("web page", lambda v, page: v.html_login_page(collection="attendances", page=page, times=None)),
    "a body cut short": ("cut short", lambda v, page: v.cut_body(99, collection="attendances", page=page, times=None)),
    "a cursor loop": ("cursor loop", lambda v, page: v.loop_cursor(collection="attendances", page=page)),
    "a repeated page": ("repeated page", lambda v, page: v.repeat_page(collection="attendances", page=page, times=None)),
    "429 without end": ("429", lambda v, page: v.too_many_requests(collection="attendances", page=page, times=None)),
    "500 without end": ("500", lambda v, page: v.server_errors(status=500, collection="attendances", page=page, times=None)),
    "a redirect off the host": (
        "redirects",
        lambda v, page: v.redirect_off_host(collection="attendances", page=page, times=None),
    ),
    "a gzip bomb": ("inflates", lambda v, page: v.gzip_bomb(collection="attendances", page=page, times=None)),
    "a page always one short": ("incomplete", lambda v, page: v.wrong_count(collection="attendances", page=page, times=None)),
}


@pytest.mark.parametrize(("words", "mishap"), LASTING.values(), ids=LASTING)
def test_a_lasting_mishap_is_named_and_what_came_before_is_kept_and_completed_later(
    evidence: Evidence, vendor: VendorSimulator, words: str, mishap: Mishap
) -> None:
    mishap(vendor, 3)
    report = pull_kowhai(evidence, vendor)
    assert report.failure is not None
    assert words in report.failure
    assert "attendances" in report.failure
    before = contents(evidence)
    assert set(before) < set(ALL_ONCE)
    assert len([place for place in before if place[0] == "attendance"]) >= 8
    vendor.behave()
    again = pull_kowhai(evidence, vendor)
    assert again.failure is None
    assert contents(evidence) == ALL_ONCE


def test_interrupted_after_every_page_in_turn_the_result_is_the_same(evidence: Evidence, vendor: VendorSimulator) -> None:
    for interrupt_at in range(1, 100):
        steps = iter(range(1, interrupt_at + 1))

        def interrupt(_progress: Progress, steps: Iterator[int] = steps, last: int = interrupt_at) -> None:
            if next(steps) == last:
                raise KeyboardInterrupt

        try:
            report = pull_kowhai(evidence, vendor, interrupt)
        except KeyboardInterrupt:
            continue
        break
    assert interrupt_at > PAGES_OF_STAYS
    assert report.failure is None
    assert contents(evidence) == ALL_ONCE


def test_records_that_change_while_they_are_listed_arrive(evidence: Evidence, vendor: VendorSimulator) -> None:
    late, fresh = STAYS[0].model_copy(update={"sheet": "Kea room"}), stays(19)[-1]

    def meddle(progress: Progress) -> None:
        if (progress.feed, progress.pages) == ("attendances", 3):
            vendor.publish((late, fresh), at=DAY)  # the very moment the listing was begun

    pull_kowhai(evidence, vendor, meddle)
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert [version.record for version in of_key(evidence, late)] == [STAYS[0], late]
    assert [version.record for version in of_key(evidence, fresh)] == [fresh]
    assert len(contents(evidence)) == len(ALL_ONCE) + 2


def test_empty_answer_from_wrong_region_is_not_an_empty_roll(evidence: Evidence, vendor: VendorSimulator) -> None:
    """Trap 9: the pull fails and asks for the host setting; nothing is hidden once the host is right."""
    pull_kowhai(evidence, vendor)
    late = STAYS[3].model_copy(update={"circumstances": "left early for the dentist"})
    vendor.publish((late,), at=DAY + timedelta(days=1))
    vendor.wrong_region()
    report = pull_kowhai(evidence, vendor)
    assert report.failure is not None
    assert "base_url" in report.failure
    assert contents(evidence) == ALL_ONCE
    vendor.behave()
    assert pull_kowhai(evidence, vendor).failure is None
    assert [version.record for version in of_key(evidence, late)] == [STAYS[3], late]


def test_collections_that_come_empty_for_a_while_hide_no_change(evidence: Evidence, vendor: VendorSimulator) -> None:
    pull_kowhai(evidence, vendor)
    late = STAYS[3].model_copy(update={"circumstances": "left early for the dentist"})
    vendor.publish((late,), at=DAY + timedelta(days=1))
    vendor.wrong_region(collection="attendances", times=1)
    for _ in range(2):
        assert pull_kowhai(evidence, vendor).failure is None
    assert [version.record for version in of_key(evidence, late)] == [STAYS[3], late]


@pytest.mark.parametrize(
    ("mishap", "column"),
    [
        (lambda v: v.null_id(collection="attendances", page=2), "id"),
        (lambda v: v.duplicate_keys(collection="attendances", page=2), None),
    ],
    ids=["a null id", "an id said twice"],
)
def test_a_bad_item_is_quarantined_alone(
    evidence: Evidence, vendor: VendorSimulator, mishap: Callable[[VendorSimulator], Fault], column: str | None
) -> None:
    mishap(vendor)
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert sums(report) == (len(RECORDS), len(RECORDS) - 1, 0, 1)
    (entry,) = evidence.open_quarantine()
    assert (entry.what.feed, entry.what.row, entry.what.column) == ("attendances", 1, column)
    assert len(contents(evidence)) == len(ALL_ONCE) - 1


def test_unknown_fields_are_named_and_stop_nothing(evidence: Evidence, vendor: VendorSimulator) -> None:
    vendor.extra_field(collection="attendances", page=2)
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert {feed.feed: feed.unread for feed in report.feeds if feed.unread} == {"attendances": {"loyaltyPoints"}}
    assert contents(evidence) == ALL_ONCE


def test_late_correction_to_a_leaver_arrives(evidence: Evidence, vendor: VendorSimulator) -> None:
    """Trap 14: what changed is asked for by when it changed, whoever is still on the roll."""
    agreement = next(record for record in RECORDS if isinstance(record, Enrolment))
    left = agreement.model_copy(update={"last_day": DAY.date()})
    vendor.publish((left,), at=DAY + timedelta(days=1))
    pull_kowhai(evidence, vendor)
    late = STAYS[0].model_copy(update={"circumstances": "corrected two months later"})
    vendor.publish((late,), at=DAY + timedelta(days=60))
    pull_kowhai(evidence, vendor)
    assert [version.record for version in of_key(evidence, late)] == [STAYS[0], late]


def test_a_silent_rewrite_is_a_new_version_without_a_change(evidence: Evidence, vendor: VendorSimulator) -> None:
    pull_kowhai(evidence, vendor)
    assert STAYS[2].change is not None
    vendor.rewrite(STAYS[2].model_copy(update={"sheet": "Kea room"}), at=DAY + timedelta(days=30), silently=True)
    pull_kowhai(evidence, vendor)
    _, rewritten = of_key(evidence, STAYS[2])
    assert rewritten.record is not None
    assert rewritten.record.change is None


def test_delete_without_natural_key_is_held(evidence: Evidence, vendor: VendorSimulator) -> None:
    """Trap 15: nothing is removed by guess; a deletion that names its record counts."""
    pull_kowhai(evidence, vendor)
    vendor.delete(STAYS[0], at=DAY + timedelta(days=1))
    vendor.delete_without_key(STAYS[1], at=DAY + timedelta(days=1))
    report = pull_kowhai(evidence, vendor)
    assert report.failure is None
    assert [version.state for version in of_key(evidence, STAYS[0])] == [State.PRESENT, State.DELETED]
    assert [version.state for version in of_key(evidence, STAYS[1])] == [State.PRESENT]
    (entry,) = evidence.open_quarantine()
    assert (entry.what.feed, entry.what.stream) == ("deletions", "attendance")
    vendor.publish((STAYS[0],), at=DAY + timedelta(days=2))
    pull_kowhai(evidence, vendor)
    pull_kowhai(evidence, vendor)
    assert [version.state for version in of_key(evidence, STAYS[0])] == [State.PRESENT, State.DELETED, State.PRESENT]
