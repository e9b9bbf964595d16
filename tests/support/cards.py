"""A conformance card that looks like one: two sources, one that shows much and one that shows little."""

from datetime import date

from ecegateway.model.conformance import (
    Conformance,
    ConformanceCard,
    CriterionCounts,
    CriterionText,
    DayGaps,
    Grade,
    GradeReason,
)
from ecegateway.model.ids import ChildKey, RuleId, SourceName

NUMBERS = range(1, 13)


def conformance() -> Conformance:
    return Conformance(
        criteria=tuple(
            CriterionText(
                number,
                "Security" if number < 6 else "Attendance registers",
                f"Title of {number}",
                f"What criterion {number} asks for.",
                f"The paper of criterion {number}.",
                f"ECE Funding Handbook 6-3 Attendance records, electronic attendance records, criterion {number}",
                (RuleId("attendance.not-defaulted"),),
            )
            for number in NUMBERS
        ),
        cards=(
            ConformanceCard(SourceName("kowhai"), tuple(_shown(number) for number in NUMBERS)),
            ConformanceCard(SourceName("paper"), tuple(_unseen(number) for number in NUMBERS)),
        ),
        gaps=(
            DayGaps(date(2026, 2, 9), (("was signed by staff without saying why", (ChildKey("c-001"), ChildKey("c-002"))),)),
        ),
    )


def _shown(number: int) -> CriterionCounts:
    reason = GradeReason(Grade.BREACHED, "was made as <a default>", 3, 2, ("kowhai/10842/attendance/a-1@1",))
    reasons = (reason,) if number == 7 else ()
    return CriterionCounts(number, ("who signed",), (), 1200, 3 if reasons else 0, 0, reasons)


def _unseen(number: int) -> CriterionCounts:
    if number == 12:
        return CriterionCounts(number, (), (), 0, 0, 0, ())
    reason = GradeReason(Grade.CANNOT_SHOW, "does not say how it was recorded", 8, 4, ("paper/10842/attendance/p-1@1",))
    return CriterionCounts(number, (), ("how it was signed",), 0, 0, 8, (reason,))
