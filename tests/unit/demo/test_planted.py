"""Each trap is in the records as its story says, touches few days, and no day of a child holds two."""

import unicodedata
from collections import Counter, defaultdict
from datetime import UTC, date

import pytest

from ecegateway.demo import kotuku_roll, puawai_roll
from ecegateway.demo.planted import Effect, Planted
from ecegateway.demo.season import PERIOD
from ecegateway.demo.world import World
from ecegateway.model.attendance import Absence, Attendance, Mark, Method, Verification
from ecegateway.model.child import StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.people import AuthorisedSignatory, SignatureMeans, StaffShift
from ecegateway.model.record import Record
from ecegateway.model.service import OperatingDay
from ecegateway.model.spans import minute_of
from ecegateway.reading import read_csv
from tests.unit.demo.worlds import day_of, everything

TRAPS = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 35}
"""The numbers of the list of traps that these sources can spring (9, 16 and 17 need other sources)."""


def named(world: World, name: str) -> list[Planted]:
    found = [planted for planted in world.planted if planted.name == name]
    assert found, f"nothing is planted under the name {name!r}"
    return found


def stays_of(world: World, planted: Planted, day: date) -> list[Attendance]:
    """The stays of a planted day as they first stood."""
    seen: dict[str, Attendance] = {}
    for record in (*world.kowhai.first.records, *world.kowhai.later.records, *world.kotuku.drop_records[0]):
        if isinstance(record, Attendance) and record.child == planted.child and day_of(record) == day:
            seen.setdefault(record.key, record)
    return list(seen.values())


def only_stay(world: World, planted: Planted) -> Attendance:
    (stay,) = stays_of(world, planted, planted.days[0])
    return stay


def changed(world: World, planted: Planted) -> tuple[Attendance, Attendance]:
    """A stay at the first pull, and what stands in its place at the second."""
    before = only_stay(world, planted)
    later = [*world.kowhai.later.records, *world.kotuku.drop_records[1]]
    (after,) = (record for record in later if isinstance(record, Attendance) and record.key == before.key)
    assert after != before
    return before, after


def marks(stay: Attendance) -> list[Mark]:
    return [mark for mark in (stay.sign_in, stay.sign_out) if mark is not None]


def records_of(world: World, child: str | None, model: type[Record]) -> list[Record]:
    return [r for r in everything(world) if isinstance(r, model) and getattr(r, "child", None) == child]


def test_every_trap_these_sources_can_spring_is_planted(world: World) -> None:
    assert {planted.trap for planted in world.planted if planted.trap is not None} == TRAPS


def test_no_day_of_a_child_has_two_things_planted(world: World) -> None:
    days = Counter((planted.child, day) for planted in world.planted for day in planted.days)
    assert max(days.values()) == 1


def test_nothing_else_is_planted_on_the_day_without_staff_hours(world: World) -> None:
    (one,) = named(world, "attendance without staff hours")
    assert [p.name for p in world.planted if p.source == one.source and one.days[0] in p.days] == [one.name]


def test_at_least_85_in_100_attended_booked_hours_are_in_order(world: World) -> None:
    spoilt = {
        (planted.source, planted.child, day)
        for planted in world.planted
        if planted.effect in (Effect.HELD, Effect.REFUSED, Effect.QUARANTINED)
        for day in planted.days
    }
    plans = {plan.key: plan for plan in (*puawai_roll.ROLL, *kotuku_roll.ROLL)}
    attended: dict[str, set[tuple[str, date]]] = defaultdict(set)
    for record in (*world.kowhai.first.records, *world.kowhai.later.records, *world.kotuku.drop_records[1]):
        if isinstance(record, Attendance) and record.child in plans and day_of(record) in PERIOD.days:
            attended["kowhai" if record.service == "10842" else "enrolnow-drop"].add((record.child, day_of(record)))
    for source, days in attended.items():
        minutes = {
            place: sum(minute_of(b.ends) - minute_of(b.starts) for b in plans[place[0]].lived(place[1])) for place in days
        }
        fine = sum(m for (child, day), m in minutes.items() if not {(source, child, day), (source, None, day)} & spoilt)
        assert fine >= 0.85 * sum(minutes.values())


def test_auto_sign_outs_at_20_utc_lie_on_both_sides_of_the_clock_change(world: World) -> None:
    planted = named(world, "auto sign-out at 20:00 UTC")
    departures = [only_stay(world, one).departed for one in planted]
    assert all(at is not None and at.astimezone(UTC).strftime("%H:%M:%S") == "20:00:00" for at in departures)
    assert {one.days[0] < date(2026, 4, 5) for one in planted} == {True, False}


@pytest.mark.parametrize(("name", "run"), [("21:00", 3), ("midnight", 3), ("the configured close", 4)])
def test_runs_of_children_leave_at_one_instant_signed_by_nobody(world: World, name: str, run: int) -> None:
    stays = [only_stay(world, one) for one in named(world, f"auto sign-out at {name}")]
    assert len(stays) == run
    assert len({stay.departed for stay in stays}) == 1
    assert all(stay.sign_out is None or stay.sign_out.by is None for stay in stays)


def test_absences_of_the_drop_have_a_login_time_and_no_logout(world: World) -> None:
    _, rows = read_csv(next(body for name, body in world.drop_later.items() if name.startswith("attendances")))
    found = {(row["Unique Child Identifier"], row["Transaction Date"]): row for row in rows if row is not None}
    planted = named(world, "absent child with a login time")
    for one in planted:
        row = found[one.child or "", one.days[0].isoformat()]
        assert row["Login Time"]
        assert not row["Logout Time"]
        same_day = row["Login Time"].startswith(one.days[0].isoformat())
        assert same_day is (one.effect is Effect.QUARANTINED)
    told = {(one.child, day) for one in world.planted if one.source == "enrolnow-drop" for day in one.days}
    assert {(r.child, r.day) for r in world.kotuku.drop_records[1] if isinstance(r, Absence)} <= told


def test_blank_operating_hours_stand_as_midnight(world: World) -> None:
    (one,) = named(world, "blank operating hours")
    (day,) = one.days
    assert f"{day},00:00,00:00,".encode() in next(b for n, b in world.drop_later.items() if n.startswith("operational"))
    blank = [r.day for r in world.kotuku.drop_records[1] if isinstance(r, OperatingDay) and r.opens is None]
    assert blank == [day]


def test_booking_rows_have_the_booked_times_and_no_person(world: World) -> None:
    (one,) = named(world, "booking rows as attendance")
    for day in one.days:
        (stay,) = stays_of(world, one, day)
        assert {(mark.method, mark.by) for mark in marks(stay)} == {(Method.BOOKING, None)}


def test_five_children_are_marked_in_bulk_within_seconds(world: World) -> None:
    stays = [only_stay(world, one) for one in named(world, "bulk mark present")]
    moments = [stay.sign_in.at for stay in stays if stay.sign_in and stay.sign_in.at]
    assert len(moments) == 5
    assert (max(moments) - min(moments)).seconds < 10
    assert {mark.method for stay in stays for mark in marks(stay)} == {Method.BULK}


def test_an_edit_comes_after_the_verification(world: World) -> None:
    (one,) = named(world, "edit after verification")
    _, after = changed(world, one)
    (day,) = one.days
    verified = [
        r.at
        for r in records_of(world, one.child, Verification)
        if isinstance(r, Verification) and r.first_day <= day <= r.last_day
    ]
    assert after.change is not None
    assert after.change.at is not None
    assert after.change.at > max(verified)


def test_days_without_record_have_neither_stay_nor_absence(world: World) -> None:
    for one in named(world, "no record"):
        assert not stays_of(world, one, one.days[0])
        assert not [r for r in records_of(world, one.child, Absence) if isinstance(r, Absence) and r.day == one.days[0]]


def test_one_child_stands_on_two_sheets(world: World) -> None:
    (one,) = named(world, "one child on two sheets")
    for day in one.days:
        first, second = stays_of(world, one, day)
        assert {first.sheet, second.sheet} == {"Under twos", "Two and over"}
        assert (first.arrived, first.departed) == (second.arrived, second.departed)


def test_two_sessions_overlap_on_one_sheet(world: World) -> None:
    (one,) = named(world, "overlapping sessions")
    first, second = stays_of(world, one, one.days[0])
    assert first.sheet == second.sheet
    assert first.departed is not None
    assert second.arrived is not None
    assert first.arrived is not None
    assert first.arrived < second.arrived < first.departed


def test_a_session_has_no_times(world: World) -> None:
    (one,) = named(world, "session without times")
    stay = only_stay(world, one)
    assert (stay.day, stay.arrived, stay.departed) == (one.days[0], None, None)


def test_an_unknown_pattern_word_is_in_the_vendors_own_item(world: World) -> None:
    (one,) = named(world, "unknown booking pattern word")
    (raw,) = world.kowhai.later.raw
    assert (raw.stream, raw.fields["childId"]) == ("enrolment", one.child)
    assert raw.fields["bookingPattern"] not in {"weekly", "fortnightly", "alternating", "casual"}


def test_rows_vanish_below_the_limit_and_only_from_the_second_drop(world: World) -> None:
    first, second = ({(r.stream, r.key) for r in records} for records in world.kotuku.drop_records)
    gone = {key for stream, key in first - second}
    assert gone == {only_stay(world, one).key for one in named(world, "vanished row")}
    assert 0 < len(gone) < 10


def test_a_leavers_stay_is_corrected_after_the_last_day_and_confirmed_again(world: World) -> None:
    (one,) = named(world, "late correction to a leaver")
    _, after = changed(world, one)
    (agreement,) = records_of(world, one.child, Enrolment)
    assert isinstance(agreement, Enrolment)
    assert agreement.last_day is not None
    assert after.change is not None
    assert after.change.at is not None
    assert after.change.at.date() > agreement.last_day
    assert any(isinstance(v, Verification) and v.at > after.change.at for v in records_of(world, one.child, Verification))


def test_one_deletion_names_its_record_and_one_does_not(world: World) -> None:
    gone = {entry.named: entry for entry in world.kowhai.later.gone}
    assert len(world.kowhai.later.gone) == 2
    for is_named, name in ((True, "delete with key"), (False, "delete without key")):
        (one,) = named(world, name)
        assert gone[is_named].record == only_stay(world, one)
        assert gone[is_named].record in world.kowhai.first.records


def test_attendance_without_enrolment_has_no_agreement(world: World) -> None:
    for one in named(world, "attendance without enrolment"):
        agreements = [r for r in records_of(world, one.child, Enrolment) if isinstance(r, Enrolment) and r.signature]
        assert not agreements
        assert all(stays_of(world, one, day) for day in one.days if one.source == "kowhai")


def test_no_shift_on_the_day_without_staff_hours(world: World) -> None:
    (one,) = named(world, "attendance without staff hours")
    shifts = [r for r in everything(world) if isinstance(r, StaffShift) and r.service == "10842"]
    assert one.days[0] not in {shift.day for shift in shifts}
    assert any(isinstance(r, Attendance) and day_of(r) == one.days[0] for r in everything(world))


def test_a_signer_is_no_authorised_signatory(world: World) -> None:
    (one,) = named(world, "signed by no authorised signatory")
    allowed = {r.person for r in records_of(world, one.child, AuthorisedSignatory) if isinstance(r, AuthorisedSignatory)}
    assert not {mark.by for mark in marks(only_stay(world, one))} <= allowed


def test_one_signature_is_used_by_another_than_its_owner(world: World) -> None:
    owners = {r.key: r.person for r in everything(world) if isinstance(r, SignatureMeans)}
    borrowed = {
        (r.child, day_of(r))
        for r in everything(world)
        if isinstance(r, Attendance)
        for mark in marks(r)
        if mark.means and owners[mark.means] != mark.by
    }
    (one,) = named(world, "one signature used by two")
    assert borrowed == {(one.child, one.days[0])}


def test_a_missing_signer_is_confirmed_by_a_parent_in_one_case_only(world: World) -> None:
    for one in named(world, "missing signer"):
        stay = only_stay(world, one)
        assert stay.sign_in is not None
        assert stay.sign_in.by is None
        covering = [
            r
            for r in records_of(world, one.child, Verification)
            if isinstance(r, Verification) and r.first_day <= one.days[0] <= r.last_day
        ]
        assert bool(covering) is (one.effect is Effect.CLEAN)


def test_an_educator_says_why_she_signed(world: World) -> None:
    (one,) = named(world, "educator signs in with circumstances")
    for day in one.days:
        (stay,) = stays_of(world, one, day)
        assert stay.circumstances
        assert stay.sign_in is not None
        assert stay.sign_in.method is Method.STAFF_ENTRY


def test_children_without_number_have_a_document_or_none(world: World) -> None:
    without = {r.child: r for r in everything(world) if isinstance(r, StudentNumber) and r.nsn is None}
    assert without.keys() == {one.child for one in named(world, "no student number")}
    assert {r.document_sighted for r in without.values()} == {"birth certificate", "passport", None}


def test_a_change_names_nobody(world: World) -> None:
    (one,) = named(world, "change without who")
    _, after = changed(world, one)
    assert after.change is not None
    assert (after.change.by, bool(after.change.at)) == (None, True)


def test_silent_rewrites_say_nothing_and_declared_ones_everything(world: World) -> None:
    for one in named(world, "silent rewrite"):
        before, after = changed(world, one)
        assert (before.change, after.change) == (None, None)
        assert before.departed != after.departed
    for one in named(world, "declared alteration"):
        _, after = changed(world, one)
        assert after.change is not None
        assert all((after.change.by, after.change.at, after.change.why))


def test_missing_sheets_are_missing(world: World) -> None:
    for one in named(world, "missing paper verification"):
        sheets = [r for r in records_of(world, one.child, Verification) if isinstance(r, Verification)]
        assert sheets
        assert not [s for s in sheets if s.first_day <= one.days[0] <= s.last_day]


def test_poison_rows_stand_alone_among_their_neighbours(world: World) -> None:
    for folder in (world.paper_first, world.paper_later):
        assert folder["staff_shift.csv"].count(b"2026-02-31") == 1
        assert folder["note.csv"].count(b"\0") == 1
        assert len(folder["note.csv"].splitlines()) == 3
        assert sum(body.count(b"\0") for body in folder.values()) == 1


def test_decomposed_macrons_compose_to_the_name_of_the_list(world: World) -> None:
    (one,) = named(world, "decomposed macrons")
    (child,) = [r for r in world.kowhai.first.records if r.stream == "child" and r.key == one.child]
    text = child.model_dump_json()
    assert unicodedata.normalize("NFC", text) != text
