"""The roll of Pūāwai Early Learning (10842): all-day education and care, 45 children, one on paper, and one nobody enrolled."""

from datetime import date
from typing import Final

from ecegateway.demo.plans import WHOLE_WEEK, Plan, Terms, fortnightly, missing, missing_on, weekly
from ecegateway.model.enrolment import Basis
from ecegateway.model.period import DateRange

_FULL = weekly(WHOLE_WEEK, "08:00", "16:30")
_LONG = weekly(WHOLE_WEEK, "07:45", "17:15")
_START_OF_WEEK = weekly("Mo Tu We", "08:30", "15:00")
_END_OF_WEEK = weekly("We Th Fr", "08:30", "14:30")
_FOUR_DAYS = weekly("Mo Tu We Th", "08:15", "16:00")
_MORNINGS = weekly(WHOLE_WEEK, "08:30", "12:30")
_SCHOOL_HOURS = weekly(WHOLE_WEEK, "09:00", "14:45")
_TWO_DAYS = weekly("Tu Th", "09:00", "15:00")

_EVEN: Final = (240, 240, 240, 240, 240)
_FRONT_LOADED: Final = (360, 360, 360, 120, 0)
_ON_START: Final = (360, 360, 360, 0, 0)
_ON_END: Final = (0, 0, 360, 360, 360)
_ON_FOUR: Final = (300, 300, 300, 300, 0)
_ON_THREE: Final = (0, 300, 300, 300, 0)
_END: Final = date(2026, 5, 31)

FULL_HOUSE: Final = date(2026, 3, 4)
"""A Wednesday on which every place is booked; four more such days follow."""

SCHOOL_VISITS: Final = (date(2026, 4, 21), date(2026, 4, 28))

_CENTRE_FULL = missing_on(
    "The centre was full", FULL_HOUSE, date(2026, 4, 15), date(2026, 4, 29), date(2026, 5, 12), date(2026, 5, 13)
)

UNENROLLED: Final = "c-1046"
"""Her cousin's family thought a morning now and then needed no form."""

BIRTH_DATE_OF_UNENROLLED: Final = date(2022, 9, 9)

ON_PAPER: Final = Plan(
    key="c-1047",
    born=date(2022, 10, 30),
    bookings=(),
    basis=Basis.CASUAL,
    start=date(2026, 2, 9),
)
"""Comes now and then; her agreement, register and confirmations are on paper alone."""

ROLL: Final = (
    Plan(key="c-1001", born=date(2024, 10, 3), bookings=_FULL),
    Plan(key="c-1002", born=date(2024, 8, 21), bookings=_START_OF_WEEK),
    Plan(key="c-1003", born=date(2025, 2, 14), bookings=_END_OF_WEEK),
    Plan(key="c-1004", born=date(2024, 12, 1), bookings=_FOUR_DAYS),
    Plan(key="c-1005", born=date(2024, 7, 30), bookings=_FULL),
    Plan(key="c-1006", born=date(2025, 3, 27), bookings=_TWO_DAYS),
    Plan(key="c-1007", born=date(2024, 9, 12), bookings=_MORNINGS),
    Plan(key="c-1008", born=date(2024, 3, 18), bookings=_FOUR_DAYS),
    Plan(
        key="c-1009",
        born=date(2024, 4, 22),
        bookings=_FULL,
        missed=(missing(date(2026, 3, 2), date(2026, 4, 24), "In hospital, then at home"),),
    ),
    Plan(key="c-1010", born=date(2023, 8, 5), bookings=_FULL),
    Plan(
        key="c-1011",
        born=date(2023, 11, 19),
        bookings=fortnightly("Mo Tu We", "08:30", "15:00", date(2026, 2, 2)),
    ),
    Plan(key="c-1012", born=date(2023, 7, 2), bookings=_MORNINGS),
    Plan(key="c-1013", born=date(2023, 9, 28), bookings=_FOUR_DAYS),
    Plan(
        key="c-1014",
        born=date(2024, 1, 6),
        bookings=_END_OF_WEEK,
        missed=(missing_on("Came on Tuesday in place of today", date(2026, 5, 22)),),
    ),
    Plan(key="c-1015", born=date(2023, 6, 17), bookings=_SCHOOL_HOURS),
    Plan(key="c-1016", born=date(2023, 12, 24), bookings=_TWO_DAYS, other_service_minutes=240),
    Plan(
        key="c-1017",
        born=date(2023, 3, 11),
        bookings=_START_OF_WEEK,
        changes=(Terms(bookings=_START_OF_WEEK, twenty=_ON_START, effective=date(2026, 3, 11), signed=date(2026, 3, 4)),),
    ),
    Plan(key="c-1018", born=date(2023, 4, 29), bookings=_FULL, twenty=_EVEN, start=date(2025, 9, 1)),
    Plan(
        key="c-1019",
        born=date(2023, 10, 10),
        bookings=_FULL,
        start=date(2026, 3, 2),
        missed=(missing(date(2026, 3, 2), date(2026, 3, 11), "Chickenpox; starts when the doctor allows it"),),
    ),
    Plan(key="c-1020", born=date(2021, 11, 23), bookings=_FULL, twenty=_EVEN),
    Plan(
        key="c-1021",
        born=date(2022, 2, 8),
        bookings=_FULL,
        twenty=_FRONT_LOADED,
        turns_up=1,
        missed=(missing(date(2026, 2, 1), _END, "With his grandparents on Thursdays", on="Th"),),
    ),
    Plan(
        key="c-1022",
        born=date(2022, 5, 30),
        bookings=_FOUR_DAYS,
        twenty=_ON_FOUR,
        turns_up=1,
        missed=(missing(date(2026, 2, 1), date(2026, 3, 31), "Mother's day off work", on="Mo"),),
        changes=(
            Terms(
                bookings=weekly("Tu We Th", "08:15", "16:00"),
                twenty=_ON_THREE,
                effective=date(2026, 4, 1),
                signed=date(2026, 3, 27),
            ),
        ),
    ),
    Plan(
        key="c-1023",
        born=date(2022, 8, 14),
        bookings=_MORNINGS,
        twenty=_EVEN,
        turns_up=1,
        fetched_early=DateRange(date(2026, 3, 1), date(2026, 6, 1)),
    ),
    Plan(key="c-1024", born=date(2021, 9, 1), bookings=_SCHOOL_HOURS, twenty=_EVEN),
    Plan(key="c-1025", born=date(2022, 1, 20), bookings=_END_OF_WEEK, twenty=_ON_END),
    Plan(key="c-1026", born=date(2022, 10, 11), bookings=_START_OF_WEEK, twenty=_ON_START),
    Plan(
        key="c-1027",
        born=date(2022, 3, 16),
        bookings=_FULL,
        missed=(missing(date(2026, 3, 30), date(2026, 4, 24), "Operation, and weeks of rest"),),
    ),
    Plan(
        key="c-1028",
        born=date(2021, 8, 25),
        bookings=_LONG,
        twenty=_EVEN,
        missed=(missing_on("Visit to his school", date(2026, 5, 26)),),
    ),
    Plan(key="c-1029", born=date(2022, 6, 7), bookings=_FOUR_DAYS, twenty=_ON_FOUR),
    Plan(key="c-1030", born=date(2021, 12, 13), bookings=_FULL, twenty=_EVEN, start=date(2026, 4, 13)),
    Plan(key="c-1031", born=date(2021, 7, 19), bookings=_MORNINGS, twenty=_EVEN, last_day=date(2026, 3, 13)),
    Plan(
        key="c-1032",
        born=date(2021, 10, 27),
        bookings=_FOUR_DAYS,
        twenty=_ON_FOUR,
        last_day=date(2026, 4, 30),
        leaving_known=date(2026, 4, 16),
        missed=(missing(date(2026, 4, 20), date(2026, 4, 30), "Moving house"),),
    ),
    Plan(
        key="c-1033",
        born=date(2022, 4, 4),
        bookings=_START_OF_WEEK,
        twenty=_ON_START,
        changes=(Terms(bookings=_FULL, twenty=_EVEN, effective=date(2026, 4, 20), signed=date(2026, 4, 13)),),
    ),
    Plan(
        key="c-1034",
        born=date(2022, 7, 22),
        bookings=_END_OF_WEEK,
        twenty=_ON_END,
        changes=(Terms(bookings=_FULL, twenty=_EVEN, effective=date(2026, 5, 11), signed=None),),
    ),
    Plan(
        key="c-1035",
        born=date(2022, 9, 30),
        bookings=(
            *weekly("Mo Tu", "08:30", "15:00"),
            *fortnightly("Fr", "08:30", "15:00", date(2026, 2, 9)),
        ),
        twenty=(360, 360, 0, 0, 360),
    ),
    Plan(
        key="c-1036",
        born=date(2021, 11, 2),
        bookings=(
            *fortnightly("Mo We", "09:00", "15:00", date(2026, 2, 2)),
            *fortnightly("Tu Th", "09:00", "15:00", date(2026, 2, 9)),
        ),
        twenty=(300, 300, 300, 300, 0),
    ),
    Plan(
        key="c-1037",
        born=date(2022, 12, 5),
        bookings=(),
        visits=weekly("Mo We Fr", "09:00", "13:00"),
        basis=Basis.CASUAL,
        turns_up=0.35,
        missed=(_CENTRE_FULL,),
    ),
    Plan(
        key="c-1038",
        born=date(2023, 5, 31),
        bookings=weekly("Tu", "09:00", "15:00"),
        basis=Basis.CASUAL,
        turns_up=0.8,
        missed=(_CENTRE_FULL,),
    ),
    Plan(
        key="c-1039",
        born=date(2022, 11, 16),
        bookings=weekly("Th Fr", "08:30", "15:00"),
        basis=Basis.CONDITIONAL,
        conditional_part="whole",
        turns_up=0.7,
    ),
    Plan(
        key="c-1040",
        born=date(2022, 1, 9),
        bookings=(
            *weekly("Mo Tu We", "08:30", "14:30"),
            *weekly("Th Fr", "08:30", "12:30", conditional=True),
        ),
        basis=Basis.PERMANENT,
        conditional_part="bookings",
        turns_up=0.9,
    ),
    Plan(
        key="c-1041",
        born=date(2020, 5, 12),
        bookings=_MORNINGS,
        twenty=_EVEN,
        last_day=date(2026, 5, 15),
        missed=(missing_on("Visit to his school", *SCHOOL_VISITS),),
    ),
    Plan(
        key="c-1042",
        born=date(2021, 6, 28),
        bookings=_SCHOOL_HOURS,
        twenty=_EVEN,
        missed=(missing(date(2026, 3, 2), date(2026, 4, 2), "In Tonga with family"),),
    ),
    Plan(
        key="c-1043",
        born=date(2022, 2, 25),
        bookings=_SCHOOL_HOURS,
        twenty=_EVEN,
        turns_up=1,
        missed=(missing(date(2026, 2, 1), _END, "At her grandparents' on Fridays", on="Fr"),),
    ),
    Plan(key="c-1044", born=date(2022, 8, 3), bookings=_TWO_DAYS, twenty=(0, 360, 0, 360, 0), start=date(2026, 4, 28)),
    Plan(key="c-1045", born=date(2022, 3, 29), bookings=_START_OF_WEEK, twenty=_ON_START, start=date(2026, 5, 11)),
)
