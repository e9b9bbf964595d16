"""The roll of Te Kōtuku Kindergarten (20517): sessional, mornings 08:45 to 12:45, afternoons on Tuesday and Thursday."""

from datetime import date
from typing import Final

from ecegateway.demo.plans import WHOLE_WEEK, Missed, Plan, Terms, missing, weekly
from ecegateway.model.enrolment import Basis

_MORNINGS = weekly(WHOLE_WEEK, "08:45", "12:45")
_THREE_MORNINGS = weekly("Mo We Fr", "08:45", "12:45")
_AFTERNOONS = weekly("Tu Th", "13:00", "15:30")
_MIXED = (*_THREE_MORNINGS, *_AFTERNOONS)

_EVEN: Final = (240, 240, 240, 240, 240)
_ON_THREE: Final = (240, 0, 240, 0, 240)
_ON_AFTERNOONS: Final = (0, 150, 0, 150, 0)
_ON_MIXED: Final = (240, 150, 240, 150, 240)

NO_AGREEMENT: Final = "70018"
"""In the system from 18 May, though the form never came back."""

_A_DAY_A_WEEK = Missed(
    frozenset(
        date(2026, month, day)
        for month, days in ((2, (5, 9, 18, 24)), (3, (2, 10, 18, 26)), (5, (5, 14, 18, 29)))
        for day in days
    ),
    "Tired; a day at home",
)
"""One day in nearly every week, and each weekday once in a month, so that the weeks fall short and no weekday stands out."""

ROLL: Final = (
    Plan(key="70001", born=date(2021, 9, 14), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70002", born=date(2021, 12, 2), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70003", born=date(2022, 1, 25), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70004", born=date(2021, 8, 9), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70005", born=date(2022, 3, 3), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70006", born=date(2021, 10, 31), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70007", born=date(2022, 5, 18), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70008", born=date(2021, 7, 7), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70009", born=date(2022, 2, 20), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70010", born=date(2021, 11, 11), bookings=_MORNINGS, twenty=_EVEN, turns_up=1, missed=(_A_DAY_A_WEEK,)),
    Plan(key="70011", born=date(2022, 6, 26), bookings=_MORNINGS, twenty=_EVEN),
    Plan(
        key="70012",
        born=date(2021, 6, 15),
        bookings=_MORNINGS,
        twenty=_EVEN,
        missed=(missing(date(2026, 3, 23), date(2026, 5, 1), "Overseas with family"),),
    ),
    Plan(key="70013", born=date(2022, 4, 30), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70014", born=date(2021, 9, 29), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70015", born=date(2022, 7, 12), bookings=_MORNINGS, twenty=_EVEN),
    Plan(key="70016", born=date(2021, 12, 19), bookings=_MORNINGS, twenty=_EVEN, last_day=date(2026, 4, 30)),
    Plan(
        key="70017",
        born=date(2022, 8, 8),
        bookings=_MORNINGS,
        twenty=_EVEN,
        start=date(2026, 4, 20),
        missed=(missing(date(2026, 4, 20), date(2026, 4, 22), "Ill"),),
    ),
    Plan(key=NO_AGREEMENT, born=date(2022, 5, 5), bookings=_THREE_MORNINGS, start=date(2026, 5, 18)),
    Plan(key="70019", born=date(2022, 9, 17), bookings=_THREE_MORNINGS, twenty=_ON_THREE),
    Plan(
        key="70020",
        born=date(2022, 10, 4),
        bookings=_THREE_MORNINGS,
        twenty=_ON_THREE,
        turns_up=1,
        missed=(missing(date(2026, 3, 1), date(2026, 5, 31), "With his father on Fridays", on="Fr"),),
    ),
    Plan(key="70021", born=date(2022, 1, 13), bookings=_THREE_MORNINGS),
    Plan(key="70022", born=date(2022, 11, 28), bookings=_MIXED, twenty=_ON_MIXED),
    Plan(key="70023", born=date(2022, 12, 16), bookings=_MIXED, twenty=_ON_MIXED),
    Plan(
        key="70024",
        born=date(2023, 3, 22),
        bookings=_AFTERNOONS,
        changes=(Terms(bookings=_AFTERNOONS, twenty=_ON_AFTERNOONS, effective=date(2026, 3, 22), signed=date(2026, 3, 17)),),
    ),
    Plan(key="70025", born=date(2023, 5, 6), bookings=_AFTERNOONS, twenty=_ON_AFTERNOONS, start=date(2026, 2, 3)),
    Plan(key="70026", born=date(2023, 6, 21), bookings=_AFTERNOONS, start=date(2026, 2, 3)),
    Plan(key="70027", born=date(2023, 7, 30), bookings=_AFTERNOONS, start=date(2026, 2, 3)),
    Plan(key="70028", born=date(2023, 4, 12), bookings=_AFTERNOONS, start=date(2026, 2, 3)),
    Plan(key="70029", born=date(2022, 12, 27), bookings=_AFTERNOONS, twenty=_ON_AFTERNOONS),
    Plan(key="70030", born=date(2023, 1, 19), bookings=_AFTERNOONS, twenty=_ON_AFTERNOONS),
    Plan(key="70031", born=date(2023, 2, 2), bookings=_AFTERNOONS, twenty=_ON_AFTERNOONS, start=date(2026, 2, 3)),
    Plan(key="70032", born=date(2023, 7, 1), bookings=_AFTERNOONS, start=date(2026, 2, 3)),
    Plan(key="70033", born=date(2022, 11, 5), bookings=_AFTERNOONS, twenty=_ON_AFTERNOONS),
    Plan(key="70034", born=date(2022, 6, 1), bookings=_THREE_MORNINGS, basis=Basis.CASUAL, turns_up=0.3),
    Plan(key="70035", born=date(2023, 5, 20), bookings=_AFTERNOONS, start=date(2026, 5, 12)),
)
