"""Each trap seen in a real system has its named test; none is lost when tests move or are renamed."""

from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

ATTENDANCE = "tests/unit/rules/test_attendance_rules.py"
RECORDS = "tests/unit/rules/test_record_rules.py"
STEPS = "tests/handbook/test_frequent_absence_steps.py"
THREE_WEEKS = "tests/handbook/test_three_week_rule.py"
PULL = "tests/flows/test_reference_pull.py"
NAMES = "tests/flows/test_names.py"
RETURNS = "tests/flows/test_returns.py"
ENROLNOW = "plugins/ecegateway-source-enrolnow/tests"

TRAPS: dict[int, dict[str, str]] = {
    1: {"test_auto_sign_out_at_20_utc_is_not_a_departure": ATTENDANCE},
    2: {"test_auto_close_sign_outs_are_flagged": ATTENDANCE},
    3: {"test_login_time_of_absent_child_is_not_attendance": f"{ENROLNOW}/test_attendances.py"},
    4: {"test_blank_operating_hours_are_unknown": f"{ENROLNOW}/test_other_files.py"},
    5: {"test_booking_rows_are_not_attendance": f"{ENROLNOW}/test_attendances.py"},
    6: {"test_bulk_present_is_flagged_as_default_to_present": ATTENDANCE},
    7: {"test_edit_after_verification_supersedes_it": RECORDS},
    8: {"test_missing_row_is_no_record": ATTENDANCE},
    9: {"test_empty_answer_from_wrong_region_is_not_an_empty_roll": PULL},
    10: {"test_child_on_two_sheets_is_counted_once": ATTENDANCE},
    11: {"test_booking_pattern_words": "plugins/ecegateway-source-reference/tests/test_mapping.py"},
    12: {"test_overlapping_sessions_are_not_summed": ATTENDANCE, "test_session_without_times_is_a_finding": ATTENDANCE},
    13: {"test_vanished_rows_are_missing_not_deleted": f"{ENROLNOW}/test_pull.py"},
    14: {"test_late_correction_to_a_leaver_arrives": PULL},
    15: {"test_delete_without_natural_key_is_held": PULL},
    16: {"test_webhook_retries_in_any_order_give_same_state": "tests/unit/facts/test_fold.py"},
    17: {"test_children_are_never_matched_by_name_alone": ATTENDANCE},
    18: {"test_three_week_rule_is_order_free": THREE_WEEKS},
    19: {"test_rule_fix_recomputes_closed_months": THREE_WEEKS},
    20: {"test_filing_waits_for_absence_checks": RETURNS},
    21: {"test_late_reconfirmation_is_reviewed_not_lost": STEPS},
    22: {"test_identical_resubmission_is_not_sent": RETURNS, "test_late_change_needs_a_reason": RETURNS},
    23: {"test_payload_version_by_date_including_overlap": "tests/flows/test_outbox.py"},
    24: {"test_local_delete_after_send_is_reconciled": "tests/flows/test_events_sent.py"},
    25: {"test_split_period_has_no_gap_and_no_overlap": "tests/flows/test_change_of_system.py"},
    26: {"test_exemption_without_end_date_is_refused": "tests/handbook/test_exemptions_visits_makeup.py"},
    27: {"test_one_person_cannot_be_in_two_places": "tests/unit/rules/across/test_people.py"},
    28: {"test_filed_return_reproduces_byte_for_byte": "tests/flows/test_demo.py"},
    29: {"test_one_friday_a_month_is_caught_by_frequent_absence": STEPS},
    30: {"test_exactly_half_does_not_trigger": "tests/handbook/test_frequent_absence.py"},
    31: {"test_long_closure_keeps_the_anchor": THREE_WEEKS},
    32: {"test_birthday_midweek_keeps_weekly_caps": "tests/handbook/test_funded_hours.py"},
    33: {"test_round_the_day_not_the_person": "tests/unit/claim/test_staff_and_advance.py"},
    34: {"test_citations_use_titles": "tests/unit/claim/test_coverage.py"},
    35: {"test_macrons_survive_end_to_end": NAMES, "test_single_name_uses_tilde": NAMES},
}
"""By the trap's number, its tests and the file each stands in."""


def test_every_trap_has_its_named_test() -> None:
    assert sorted(TRAPS) == list(range(1, 36))


def test_every_named_test_stands_where_it_is_said_to() -> None:
    lost = [
        f"{name} of trap {number} is not in {path}"
        for number, tests in TRAPS.items()
        for name, path in tests.items()
        if f"def {name}(" not in (REPOSITORY / path).read_text(encoding="utf-8")
    ]
    assert lost == []
