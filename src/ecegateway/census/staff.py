"""What is wrong with one person of an ECE Return, as vendors' systems have checked it. All of it warns."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ecegateway.census.remark import Remark, Weight
from ecegateway.model.ece_return import ContactHours, EducationalRole, HomeBasedRole, StaffMember
from ecegateway.model.period import Weekday
from ecegateway.model.spans import Span, minute_of

FULL_TIME_HOURS = 25
"""Hours a week in a role from which it is full-time, as one vendor's system had it."""
STARTS_SOON = timedelta(days=7)
PLAYCENTRE_EDUCATOR = "PE"
_MINUTES = 60


def out_of_scope(member: StaffMember, day: date) -> str | None:
    """Why the return of a day is not about a person; ``None`` where it is."""
    dated = member.dated_roles
    if not dated or len(dated) != len(member.roles):
        return None
    if all(role.ends is not None and role.ends < day for role in dated):
        return "left out: left before the date of the return"
    if all(role.starts - day > STARTS_SOON for role in dated):
        return f"left out: starts more than {STARTS_SOON.days} days after the date of the return"
    return None


def check_member(member: StaffMember, where: str) -> Iterator[Remark]:
    """What there is to say of a person whom the return is about."""
    for check, says in (*_of_the_person(member), *_of_dated_roles(member), *_of_contact_hours(member.educational, member)):
        yield Remark(f"staff.{check}", Weight.WARNING, where, says)


def _of_the_person(member: StaffMember) -> Iterator[tuple[str, str]]:
    if not member.roles:
        yield "no-role", "has no role"
    youngest, oldest = member.min_age_taught, member.max_age_taught
    if (youngest is None) != (oldest is None) or (youngest is not None and oldest is not None and youngest > oldest):
        yield "ages", "the ages taught need a youngest and an oldest, in months, in that order"
    permanent = any(role.permanent for role in member.roles)
    flags = (member.was_teacher, member.from_other_service)
    if member.dated_roles and permanent and None in flags:
        yield "permanent", "is permanent: was_teacher and from_other_service are to be answered"
    asked = (*flags, member.leaving_destination)
    if member.roles and not permanent and any(flag is not None for flag in asked):
        yield "not-permanent", "is not permanent: was_teacher, from_other_service and leaving_destination are not asked"
    full_time = any(role.full_time for role in member.roles)
    if full_time != (member.hours_worked >= FULL_TIME_HOURS) and len(member.roles) == 1:
        kind = "full-time" if full_time else "part-time"
        yield "full-time", f"is {kind} and worked {member.hours_worked} hours; full-time is {FULL_TIME_HOURS} and more"


def _of_dated_roles(member: StaffMember) -> Iterator[tuple[str, str]]:
    for role in member.dated_roles:
        name = _name(role)
        if role.ends is not None and role.ends < role.starts:
            yield "role-dates", f"{name}: ends before it starts"
        if role.playcentre_qualification is not None and role.code != PLAYCENTRE_EDUCATOR:
            yield "playcentre", f"{name}: a Playcentre qualification is asked of Playcentre educators alone"
        if len(set(role.ethnicities)) != len(role.ethnicities):
            yield "ethnicity-twice", f"{name}: an ethnicity stands there twice"


def _name(role: EducationalRole | HomeBasedRole) -> str:
    return "educational" if isinstance(role, EducationalRole) else "home_based"


def _of_contact_hours(role: EducationalRole | None, member: StaffMember) -> Iterator[tuple[str, str]]:
    if role is None:
        return
    if not role.contact_hours:
        yield "no-contact-hours", "educational: has no contact hours"
        return
    if any(span.ends <= span.starts for span in role.contact_hours):
        yield "contact-hours", "educational: contact hours must end after they start, on the same day"
        return
    if any(_overlap(spans) for spans in _by_day(role.contact_hours).values()):
        yield "contact-overlap", "educational: contact hours of one day share time"
    minutes = sum(ends - starts for spans in _by_day(role.contact_hours).values() for starts, ends in spans)
    if minutes > (member.hours_worked + 1) * _MINUTES:
        yield "contact-more", f"educational: {minutes // _MINUTES} contact hours and {member.hours_worked} hours worked in all"


def _by_day(hours: tuple[ContactHours, ...]) -> dict[Weekday, list[Span]]:
    found: defaultdict[Weekday, list[Span]] = defaultdict(list)
    for span in hours:
        found[span.weekday].append((minute_of(span.starts), minute_of(span.ends)))
    return found


def _overlap(spans: list[Span]) -> bool:
    return any(one[1] > other[0] for one, other in pairwise(sorted(spans)))
