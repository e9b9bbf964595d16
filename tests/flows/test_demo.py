"""The main job on the invented world, over real sockets and files: what was planted is caught, parts sum, stores agree."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
import pytest
from lxml import etree

from ecegateway import clock
from ecegateway.config import load_config
from ecegateway.demo.planted import Effect, Planted
from ecegateway.demo.puawai_absences import MADE_UP_BY, MADE_UP_ON
from ecegateway.demo.puawai_markings import MARKED_ONCE
from ecegateway.demo.stage import play_first, play_later, write_settings
from ecegateway.demo.world import KOTUKU, PUAWAI, World, build_world
from ecegateway.eli.delta import canonical_text
from ecegateway.eli.roll import roll
from ecegateway.evidence.record import Quarantined
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.export.eli_xml import Envelope, event_xml, read_event
from ecegateway.export.schemas import check_json
from ecegateway.flows.claim import Prepared, prepare
from ecegateway.flows.export import export
from ecegateway.flows.pull import pull_all
from ecegateway.flows.report import PullReport
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import Duty, Pattern
from ecegateway.model.claim import Category, ChildDay, Verdict
from ecegateway.model.eli import Family
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.model.verification import VerificationState
from ecegateway.plugins import Plugins, load_plugins
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.vendor import VendorSimulator
from tests.support.postgres import PostgresServer

PERIOD = FundingPeriod(date(2026, 2, 1))
SERVICES = (PUAWAI, KOTUKU)


@dataclass(frozen=True)
class Played:
    """The world after both pulls: its store, what the pulls said, the claims, and the files."""

    world: World
    plugins: Plugins
    evidence: Evidence
    settings: Path
    first: tuple[PullReport, ...]
    later: tuple[PullReport, ...]
    again: tuple[PullReport, ...]
    at_first: dict[ServiceNumber, Prepared]
    claims: dict[ServiceNumber, Prepared]
    out: Path


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Played on SQLite; on PostgreSQL the same comes of it, see :func:`test_both_stores_tell_the_same`."""
    folder = tmp_path_factory.mktemp("demo")
    with _playing(f"sqlite:///{folder / 'evidence.db'}", folder) as played:
        yield played


@contextmanager
def _playing(url: str, folder: Path) -> Iterator[Played]:
    world, plugins = build_world(), load_plugins()
    simulated = (VendorSimulator(page_limit=200), MinistrySimulator(clock.now))
    with simulated[0] as vendor, simulated[1] as ministry, open_evidence(url, create=True) as evidence:
        settings = write_settings(folder, vendor, ministry)
        sources = load_config(settings).sources
        play_first(world, vendor, folder)
        first = pull_all(evidence, plugins, sources, clock.now)
        at_first = {service: prepare(evidence, service, PERIOD, policy()) for service in SERVICES}
        play_later(world, vendor, folder)
        later = pull_all(evidence, plugins, sources, clock.now)
        again = pull_all(evidence, plugins, sources, clock.now)
        claims = {service: prepare(evidence, service, PERIOD, policy()) for service in SERVICES}
        for made in claims.values():
            assert export(made.exportable, plugins.exporters(), folder / "out").failures == ()
        yield Played(world, plugins, evidence, settings, first, later, again, at_first, claims, folder / "out")


def test_every_pull_finishes_and_its_books_balance(played: Played) -> None:
    for report in (*played.first, *played.later, *played.again):
        assert report.failure is None
        assert report.held == ()
        counts = report.counts
        assert counts.read == counts.stored + counts.unchanged + counts.quarantined


def test_pulling_again_stores_nothing(played: Played) -> None:
    assert sum(report.counts.stored for report in played.again) == 0
    assert sum(report.counts.missing for report in played.again) == 0


def test_what_was_known_then_gives_the_claim_of_then(played: Played) -> None:
    """Two months, corrections and silent rewrites later, the claim as known at the first pull is the same to the byte."""
    for service, then in played.at_first.items():
        again = prepare(played.evidence, service, PERIOD, policy(), known_at=then.claim.known_at)
        assert again == then
        assert again.claim != played.claims[service].claim


def test_filed_return_reproduces_byte_for_byte(played: Played, tmp_path: Path) -> None:
    """Trap 28: what was written when the return was made is written again, whatever corrections and rewrites came since."""
    for service, then in played.at_first.items():
        again = prepare(played.evidence, service, PERIOD, policy(), known_at=then.claim.known_at)
        files = {}
        for name, made in (("then", then), ("again", again)):
            export(made.exportable, played.plugins.exporters(), tmp_path / name)
            files[name] = {path.name: path.read_bytes() for path in (tmp_path / name / str(service)).iterdir()}
        assert files["again"] == files["then"]
        assert files["then"]["rs7.xml"] != (played.out / service / "rs7.xml").read_bytes()


def test_making_the_files_again_changes_nothing(played: Played) -> None:
    for service in SERVICES:
        made = prepare(played.evidence, service, PERIOD, policy())
        assert made.claim == played.claims[service].claim
        assert export(made.exportable, played.plugins.exporters(), played.out).written.changed == ()


def _places(played: Played, planted: Planted) -> tuple[Prepared, ChildKey]:
    service, space = (PUAWAI, "kowhai") if planted.source in ("kowhai", "puawai-paper") else (KOTUKU, "enrolnow-drop")
    return played.claims[service], ChildKey(f"{space}:{planted.child}")


def _days(made: Prepared, child: ChildKey) -> dict[date, ChildDay]:
    return {one.day: one for one in made.claim.child_days if one.child == child}


def _fates(one: ChildDay | None) -> set[Verdict]:
    return {p.verdict for p in one.portions} if one is not None else set()


def test_everything_planted_has_its_effect(played: Played) -> None:
    """Traps 1 to 15, and the rest: what should be held is held, and what only looks odd is claimed."""
    wrong = []
    for planted in played.world.planted:
        if planted.child is None:
            continue
        made, child = _places(played, planted)
        days = _days(made, child)
        named = {day for finding in made.claim.findings if finding.child == child for day in finding.days}
        for day in planted.days:
            fates = _fates(days.get(day))
            fine = {
                Effect.HELD: Verdict.CLAIMED not in fates and (Verdict.HELD in fates or day in named),
                Effect.QUARANTINED: Verdict.CLAIMED not in fates,
                Effect.REFUSED: fates == {Verdict.REFUSED},
                Effect.ATTENDED: fates == {Verdict.CLAIMED, Verdict.REFUSED},
                Effect.ONCE: Verdict.CLAIMED in fates and day in named,
                Effect.REPORTED: Verdict.CLAIMED in fates,
                Effect.CLEAN: Verdict.CLAIMED in fates,
            }[planted.effect]
            if not fine:
                wrong.append((planted.name, child, day, fates))
    assert wrong == []


NOT_RECONFIRMED, FOURTH_MONTH = "absence.frequent-not-reconfirmed", "absence.frequent-fourth-month"
REASONS: dict[str, dict[Effect, set[str]]] = {
    "absent child with a login time": {
        Effect.CLEAN: {"absence.three-weeks"},
        Effect.QUARANTINED: set(),
        Effect.REFUSED: set(),
    },
    "same weekday, never reconfirmed": {
        Effect.CLEAN: {"absence.three-weeks"},
        Effect.REFUSED: {NOT_RECONFIRMED, FOURTH_MONTH},
    },
    "same weekday, reconfirmed": {Effect.CLEAN: {"absence.three-weeks"}, Effect.REFUSED: {FOURTH_MONTH}},
    "same weekday, agreement changed": {Effect.CLEAN: {"absence.three-weeks"}},
    "fewer hours a day": {Effect.CLEAN: set(), Effect.ATTENDED: {NOT_RECONFIRMED}},
    "absent for five weeks": {Effect.CLEAN: {"absence.three-weeks"}, Effect.REFUSED: {"absence.fourth-week"}},
    "exempt for eight weeks": {Effect.CLEAN: {"absence.exempt"}},
    "exemption without an end": {Effect.REPORTED: {"absence.three-weeks"}, Effect.REFUSED: {"absence.fourth-week"}},
    "absent after notice of leaving": {Effect.REFUSED: {"absence.after-notice"}},
    "late start, documented": {Effect.CLEAN: {"absence.first-week"}, Effect.REFUSED: {"absence.never-attended"}},
    "late start, not documented": {Effect.HELD: {"absence.start-not-documented"}},
    "school visit, noted": {Effect.CLEAN: {"absence.school-visit"}},
    "school visit, not noted": {Effect.REPORTED: {"absence.three-weeks"}},
    "absent child whose place is filled": {Effect.CLEAN: {"absence.subsidy-for-place", "absence.three-weeks"}},
    "casual child in an absent child's place": {Effect.REFUSED: {"absence.place-filled"}},
    "make-up day": {Effect.CLEAN: {"absence.three-weeks"}},
    "fewer days a week, closed between": {Effect.CLEAN: {"absence.three-weeks"}, Effect.REFUSED: {NOT_RECONFIRMED}},
    "same weekday, closed between": {Effect.CLEAN: {"absence.three-weeks"}},
    "absent before and after a long closure": {
        Effect.CLEAN: {"absence.three-weeks", "absence.long-closure"},
        Effect.REFUSED: {"absence.fourth-week"},
    },
}
"""For which reasons the absence rules fund, hold or refuse the absences planted on purpose."""


def test_every_planted_absence_comes_out_for_the_reason_it_was_planted_for(played: Played) -> None:
    found: defaultdict[str, dict[Effect, set[str]]] = defaultdict(dict)
    for planted in played.world.planted:
        if planted.name in REASONS:
            made, child = _places(played, planted)
            days = _days(made, child)
            for day in planted.days:
                reasons = {p.reason for p in days[day].portions if p.reason.startswith("absence.")}
                assert bool(reasons) is bool(REASONS[planted.name][planted.effect])
                found[planted.name].setdefault(planted.effect, set()).update(reasons)
    assert found == REASONS


def test_nobody_is_asked_to_sign_but_for_a_pattern_planted_on_purpose(played: Played) -> None:
    """Nine days of ten are attended as booked, so no ordinary family's agreement comes into question."""
    asked = {
        (child.child.partition(":")[2], month.first.month, shown.duty)
        for made in played.claims.values()
        for month, rows in made.exportable.absences.months
        for child in rows
        for shown in child.months
        if shown.duty in (Duty.RECONFIRM, Duty.CHANGE)
    }
    assert asked == {
        ("c-1021", 4, Duty.CHANGE),
        ("c-1021", 5, Duty.CHANGE),
        ("c-1023", 4, Duty.RECONFIRM),
        ("c-1023", 5, Duty.RECONFIRM),
        ("c-1043", 3, Duty.RECONFIRM),
        ("c-1043", 4, Duty.RECONFIRM),
        ("c-1043", 5, Duty.CHANGE),
        ("70010", 3, Duty.RECONFIRM),
        ("70010", 5, Duty.RECONFIRM),
        ("70020", 5, Duty.RECONFIRM),
    }


def test_no_parent_is_chased_but_for_days_planted_on_purpose(played: Played) -> None:
    """Families confirm as they should; what is open was left so on purpose, and by state tells a change from a silence."""
    planted = {(_places(played, one)[1], day) for one in played.world.planted if one.child is not None for day in one.days}
    chased = [
        (span.state, span.child, day)
        for made in played.claims.values()
        for child in made.exportable.verifications().children
        for span in child.spans
        for day in span.open
    ]
    assert {(child, day) for _, child, day in chased} <= planted
    assert {state for state, _, _ in chased} == {VerificationState.OVERDUE, VerificationState.SUPERSEDED}
    assert len(chased) > 20


def test_the_day_on_which_the_register_was_marked_once_is_reported_and_no_other(played: Played) -> None:
    (finding,) = (one for one in played.claims[PUAWAI].claim.findings if one.rule == "register.marked")
    assert finding.days == (MARKED_ONCE,)
    week = next(w for w in played.claims[PUAWAI].exportable.register().weeks if MARKED_ONCE in {day.day for day in w.days})
    marked = {day.day: [one.by for one in day.markings] for day in week.days if day.open}
    assert {len(by) for day, by in marked.items() if day != MARKED_ONCE} == {2}
    assert len(marked[MARKED_ONCE]) == 1
    assert all(name is not None and " " in name for by in marked.values() for name in by)  # names, not keys


def test_a_month_with_a_long_closure_is_passed_over(played: Played) -> None:
    report = played.claims[KOTUKU].exportable.absences
    numbers = {
        (child.child.partition(":")[2], month.first.month): (shown.number, shown.skipped)
        for month, rows in report.months
        for child in rows
        for shown in child.months
        if (child.child.partition(":")[2], shown.pattern) in (("70010", Pattern.FEWER_DAYS), ("70020", Pattern.SAME_WEEKDAY))
    }
    assert [numbers["70010", month] for month in (2, 3, 4, 5)] == [(1, False), (2, False), (2, True), (3, False)]
    assert [numbers["70020", month] for month in (3, 4, 5)] == [(1, False), (1, True), (2, False)]


@pytest.mark.parametrize(
    ("rule", "child"),
    [("exemption.not-documented", "c-1027"), ("exemption.ends", "c-1009"), ("absence.visit-not-noted", "c-1028")],
)
def test_doubtful_papers_are_reported(played: Played, rule: str, child: str) -> None:
    found = [finding for finding in played.claims[PUAWAI].claim.findings if finding.rule == rule]
    assert {finding.child for finding in found} == {f"kowhai:{child}"}


def test_an_emergency_closure_is_claimed_with_its_approval_and_held_without(played: Played) -> None:
    """A child whose absence is in its fourth week by then is funded neither way."""
    for service, name, verdict, reason, long_away in (
        (PUAWAI, "approved emergency closure", Verdict.CLAIMED, "closure.emergency", {"kowhai:c-1042"}),
        (KOTUKU, "emergency closure not approved", Verdict.HELD, "closure.emergency-not-approved", set[str]()),
    ):
        (day,) = next(planted for planted in played.world.planted if planted.name == name).days
        permanent = [one for one in played.claims[service].claim.child_days if one.day == day and one.basis is Basis.PERMANENT]
        assert len(permanent) > 15
        for one in permanent:
            told = {(p.verdict, p.reason) for p in one.portions if not p.reason.startswith("funding.")}
            expected = (Verdict.REFUSED, "absence.fourth-week") if one.child in long_away else (verdict, reason)
            assert told <= {expected}


def test_a_day_that_makes_up_for_another_is_not_claimed_too(played: Played) -> None:
    assert MADE_UP_ON not in _days(played.claims[PUAWAI], ChildKey(f"kowhai:{MADE_UP_BY}"))


def test_bad_rows_are_set_apart_alone_and_with_their_place(played: Played) -> None:
    entries = played.evidence.open_quarantine()
    by_source: defaultdict[str, list[Quarantined]] = defaultdict(list)
    for entry in entries:
        by_source[entry.source].append(entry.what)
    known = {source: len(found) for source, found in by_source.items()}
    marked_on_the_day = [
        planted for planted in played.world.planted if planted.trap == 3 and planted.effect is Effect.QUARANTINED
    ]
    assert known == {"kowhai": 2, "enrolnow-drop": len(marked_on_the_day), "kotuku-paper": 2}
    assert any(what.column == "bookingPattern" for what in by_source["kowhai"])
    assert any(what.column == "day" and what.origin == "staff_shift.csv" for what in by_source["kotuku-paper"])


def test_missing_rows_are_told_and_not_taken_for_deletions(played: Played) -> None:
    """Trap 13."""
    (drop,) = [report for report in played.later if report.source == "enrolnow-drop"]
    assert drop.counts.missing == 3
    found = [f for f in played.claims[KOTUKU].claim.findings if f.rule == "records.vanished"]
    assert len(found) == 3


def test_nearly_all_attended_hours_stand(played: Played) -> None:
    """What goes wrong is caught hour by hour; it does not take the other hours with it."""
    for made in played.claims.values():
        attended = [one for one in made.claim.child_days if one.attended_minutes]
        claimed = sum(one.claimed(category) for one in attended for category in Category)
        at_stake = sum(
            p.minutes for one in attended for p in one.portions if not (p.verdict is Verdict.REFUSED and "limit" in p.reason)
        )
        assert claimed / at_stake > 0.85


@pytest.mark.parametrize("service", SERVICES)
def test_parts_sum_to_every_cell_in_the_files_themselves(played: Played, service: ServiceNumber) -> None:
    """XML figure, JSON figure, explanation, child lines and portions, read back from what was written."""
    folder = played.out / service
    explained = {day["date"]: day for day in orjson.loads((folder / "explanation.json").read_bytes())["days"]}
    returned = {day["date"]: day for day in orjson.loads((folder / "rs7.json").read_bytes())["days"]}
    sent = _xml_days(folder / "rs7.xml")
    assert explained.keys() == returned.keys() == sent.keys() == {day.isoformat() for day in PERIOD.days}
    for day, parts in explained.items():
        for cell in parts["cells"]:
            portions = [p for child in parts["children"] for p in child["portions"] if p["category"] == cell["category"]]
            minutes = sum(p["minutes"] for p in portions)
            name = cell["category"].replace("-", "_")
            assert returned[day][name] == (minutes + 30) // 60
            assert sent[day][_XML_NAMES[name]] == (minutes + 30) // 60
        for column in parts["staff"]:
            minutes = sum(line["minutes"] for line in column["lines"])
            assert returned[day][column["column"].replace("-", "_")] == (minutes + 30) // 60


@pytest.mark.parametrize("service", SERVICES)
def test_every_day_of_the_files_says_where_its_hours_went(played: Played, service: ServiceNumber) -> None:
    """Expected less deductions is claimed, to the minute, and the quarters of every child's day lead to its portions."""
    explained = orjson.loads((played.out / service / "explanation.json").read_bytes())
    for part in (*explained["days"], explained):
        bridge = part["bridge"]
        assert bridge["expected"] - sum(one["minutes"] for one in bridge["deductions"]) == bridge["claimed"]
    for day in explained["days"]:
        assert day["bridge"]["claimed"] == sum(cell["minutes"] for cell in day["cells"])
        assert day["bridge"]["hours"] == sum(cell["hours"] for cell in day["cells"])
        for child in day["children"]:
            assert {run["portion"] for run in child["quarters"]} - {None} == set(range(len(child["portions"])))
    assert explained["bridge"]["expected"] == sum(day["bridge"]["expected"] for day in explained["days"])
    assert explained["bridge"]["expected"] > explained["bridge"]["claimed"] > 0


_XML_NAMES = {
    "under_two": "SubsidyFundedChildUnderTwoCount",
    "two_and_over": "SubsidyFundedChildTwoAndOverCount",
    "twenty_hours": "TwentyHoursFundedChildCount",
    "plus_ten": "TwentyHoursFundedChildPlusTenCount",
}


def _xml_days(path: Path) -> dict[str, dict[str, int]]:
    space = "{urn:ecegateway:eli-shaped:rs7:2}"
    days = {}
    for counts in etree.parse(path).iter(f"{space}DayCounts"):
        words = {str(field.tag).removeprefix(space): field.text for field in counts}
        day = str(words.pop("CountsDate"))
        days[day] = {name: int(text or 0) for name, text in words.items()}
    return days


@pytest.mark.parametrize("service", SERVICES)
def test_every_evidence_id_of_the_explanation_stands_in_the_store(played: Played, service: ServiceNumber) -> None:
    known = {version.id for version in played.evidence.evidence_of(service).versions}
    made = played.claims[service].claim
    named = {item for one in made.child_days for p in one.portions for item in p.evidence}
    named |= {item for finding in made.findings for item in finding.evidence}
    assert named
    assert named <= known


def test_requests_for_numbers_say_which_document_was_sighted(played: Played) -> None:
    """Handbook 6-1: a document sighted is searched for; without one the number is asked for by telephone, unverified."""
    asked = {r.child: (r.path, r.document_sighted) for made in played.claims.values() for r in made.exportable.nsn_requests}
    assert asked == {
        "kowhai:c-1044": ("search", "birth certificate"),
        "kowhai:c-1045": ("unverified", None),
        "enrolnow-drop:70035": ("search", "passport"),
    }


def test_both_stores_tell_the_same(played: Played, tmp_path: Path, postgres: PostgresServer) -> None:
    """The engine changes nothing but when records were received; what was known then, it finds again."""
    with postgres.database() as name, _playing(postgres.url(name), tmp_path) as other:
        assert _essence(other) == _essence(played)
        for service, then in other.at_first.items():
            assert prepare(other.evidence, service, PERIOD, policy(), known_at=then.claim.known_at) == then


def _essence(played: Played) -> list[object]:
    pulls = [(one.source, one.counts) for one in (*played.first, *played.later, *played.again)]
    apart = sorted((one.source, str(one.what)) for one in played.evidence.open_quarantine())
    claims = [made.claim for made in (*played.at_first.values(), *played.claims.values())]
    return [pulls, apart, *((made.cells, made.child_days, made.findings, made.input_digest) for made in claims)]


def test_there_is_an_example_of_every_family_of_events_and_each_is_valid(played: Played) -> None:
    facts = played.claims[PUAWAI].facts
    reasons = {"planned": "DEMO-P", "emergency": "DEMO-E"}
    found = roll(facts, date(2026, 6, 1), policy(), closure_reasons=reasons, confirmed=[PERIOD.first])
    envelope = Envelope(PUAWAI, "ecegateway", facts.known_at, "6d1f0c5e-6a0b-5d43-9c0e-1f6f3f6f7a20")
    for family in Family:
        examples = [one for one in found.entities.values() if one.family is family]
        assert examples, family
        for one in examples[:50]:
            assert read_event(event_xml(envelope, one.content)) == (envelope, one.content)
            assert check_json(canonical_text(one.content).encode(), "eli-events.v1.json")
    absent = [one for one in found.entities.values() if one.content.get("IsAbsent")]
    assert len(absent) > 50
    names = [one.content for one in found.entities.values() if one.family is Family.IDENTITY]
    assert any(one["OfficialGiven1Name"] == "~" for one in names)
    assert any(one["OfficialFamilyName"] == "Tu\u02bbipulelei" for one in names)
