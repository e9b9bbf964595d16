"""Days the service expects to be funded in each of the four months the next payment is advanced for.

A day counts once, by how it is licensed to run. A day with an all-day session and a shorter one beside it is an all-day day:
the Handbook does not speak of such a day, and counted once it cannot be advanced twice.

Source: ECE Funding Handbook 9-5: all-day and sessional days counted separately; public holidays and the regional
anniversary day are left out even when the service will be open.
"""

from dataclasses import dataclass
from datetime import date

from ecegateway.facts.calendar import public_holidays
from ecegateway.facts.types import Known, ServiceFacts
from ecegateway.model.claim import AdvanceMonth
from ecegateway.model.period import DateRange, FundingPeriod, Weekday
from ecegateway.model.service import Closure, Mode, OperatingDay, OperatingSession, ServiceType


@dataclass(frozen=True, slots=True)
class LicensedDay:
    """A day on which the licence lets the service run, and what leaves it out of the count, if anything does.

    ``shut`` is the word of a source that the service will not open on the day.
    """

    day: date
    mode: Mode
    holiday: str | None
    closure: Known[Closure] | None
    shut: Known[OperatingDay] | None

    @property
    def counted(self) -> bool:
        """Whether the day is expected to be funded."""
        return self.holiday is None and self.closure is None and self.shut is None


def advance_days(facts: ServiceFacts, period: FundingPeriod) -> tuple[AdvanceMonth, ...]:
    """The four months to come, by the licensed sessions and the closures known now.

    Sessional days of a playcentre stand in a column of their own, as the electronic return has them.
    """
    return tuple(_month(facts, month) for month in period.advance_months)


def licensed_days(facts: ServiceFacts, month: DateRange) -> tuple[LicensedDay, ...]:
    """Every day of a month on which the licence lets the service run, counted or left out, ascending."""
    regions = {facts.profile(day).region for day in month}
    holidays = {region: public_holidays(month, region) for region in regions}
    found = []
    for day in month:
        profile = facts.profile(day)
        mode = mode_of([session for session in profile.sessions if session.weekday is Weekday.of(day)])
        if mode is not None:
            said = facts.operating_days.get(day)
            closure = next((known for known in facts.closures if known.record.first_day <= day <= known.record.last_day), None)
            shut = said if said is not None and said.record.open is False else None
            found.append(LicensedDay(day, mode, holidays[profile.region].get(day), closure, shut))
    return tuple(found)


def mode_of(sessions: list[OperatingSession]) -> Mode | None:
    """How a day with these sessions runs; ``None`` when it has none."""
    if not sessions:
        return None
    return Mode.ALL_DAY if any(session.mode is Mode.ALL_DAY for session in sessions) else Mode.SESSIONAL


def _month(facts: ServiceFacts, month: DateRange) -> AdvanceMonth:
    modes = [one.mode for one in licensed_days(facts, month) if one.counted]
    all_day, sessional = modes.count(Mode.ALL_DAY), modes.count(Mode.SESSIONAL)
    parent_led = facts.profile(month.first).service_type is ServiceType.PLAYCENTRE
    return AdvanceMonth(month.first, all_day, 0 if parent_led else sessional, sessional if parent_led else 0)
