"""The rules of the package, in the order in which they are named."""

from ecegateway.rules.attendance.default_present.booked_times import booked_times, booked_times_service
from ecegateway.rules.attendance.default_present.bulk_marks import bulk_marks
from ecegateway.rules.attendance.default_present.configured_close import configured_close
from ecegateway.rules.attendance.default_present.hugging import hugs_booking
from ecegateway.rules.attendance.default_present.mark_times import entered_late, marked_before
from ecegateway.rules.attendance.default_present.never_absent import never_absent
from ecegateway.rules.attendance.default_present.repeated import repeated_week, repeated_week_service
from ecegateway.rules.attendance.default_present.same_as_another import same_as_another
from ecegateway.rules.registry import Rule

DEFAULT_PRESENT_RULES: tuple[Rule, ...] = (
    booked_times,
    booked_times_service,
    hugs_booking,
    repeated_week,
    repeated_week_service,
    same_as_another,
    bulk_marks,
    marked_before,
    configured_close,
    never_absent,
    entered_late,
)
