"""How the register reads: times and who signed, absences, corrections and confirmations, in few words.

Source: ECE Funding Handbook 6-3 (records must include).
"""

from datetime import date, datetime
from types import MappingProxyType

from ecegateway.export.verification_words import SIGNS
from ecegateway.export.words import clock, month_name, plain_day, short_day, short_days, times
from ecegateway.model.attendance import Method
from ecegateway.model.enrolment import Basis
from ecegateway.model.period import first_of_month_after, local_time
from ecegateway.model.register import (
    AbsenceEntry,
    Correction,
    Marking,
    RegisterCell,
    RegisterRow,
    RegisterWeek,
    Section,
    Signed,
)
from ecegateway.model.spans import minute_of
from ecegateway.model.verification import GuardianWord, Rhythm, VerificationState, VerifiedSpan

SECTIONS = MappingProxyType(
    {
        Section.UNDER_TWO: "Under two",
        Section.TWO_AND_OVER: "Two and over",
        Section.UNKNOWN: "Age not known: no birth date on record",
    }
)
METHODS = MappingProxyType(
    {
        Method.SIGNED: "",
        Method.STAFF_ENTRY: "entered",
        Method.BULK: "marked with others",
        Method.BOOKING: "copied from the booking",
        Method.DEFAULT: "marked by default",
        Method.SYSTEM: "made by the system",
        Method.NOT_SHOWN: "",
    }
)
"""How an arrival or departure came into the record, where nobody simply signed for it."""
BASES = MappingProxyType({Basis.PERMANENT: "", Basis.CASUAL: "casual", Basis.CONDITIONAL: "conditional"})
NOT_SHOWN = "signer not shown"
_UNSTATED = "changed between two pulls, nobody says who or when"
_MISSING = "gone from the latest file, nobody says why"
_A_PAIR = 2
LEGEND: tuple[tuple[str, str], ...] = (
    ("8:25 Name", "in or out at that time, and who signed"),
    ("a", "absent at a time of enrolment, with the reason"),
    ("v", "on a school visit"),
    ("?", "expected, and no entry: neither present nor absent"),
    ("\N{EN DASH}", "not enrolled and not there"),
    *SIGNS.values(),
)
"""Signs and words of everything a page of the register can show."""


def official_name(row: RegisterRow) -> str:
    """First and last name, as on the identity document: ``Tāne Kahurangi Ngāio``; the key where no name is known."""
    return " ".join((*row.given_names, row.family_name)).strip() or row.child


def enrolled_words(row: RegisterRow) -> str:
    """The times of enrolment, days alike together: ``Mon to Wed 8:30 to 14:30; Fri 9:00 to 12:00``."""
    alike: dict[str, list[date]] = {}
    for cell in row.cells:
        if cell.enrolled:
            alike.setdefault(times(cell.enrolled), []).append(cell.day)
    return "; ".join(f"{_weekdays(days)} {at}" for at, days in alike.items())


def _weekdays(days: list[date]) -> str:
    """``Mon to Fri`` for three days in a row or more, else ``Mon, Wed``."""
    first, last = days[0], days[-1]
    if len(days) > _A_PAIR and (last - first).days == len(days) - 1:
        return f"{short_day(first)[:3]} to {short_day(last)[:3]}"
    return ", ".join(short_day(day)[:3] for day in days)


def time_words(end: Signed) -> str:
    """The time of one end of a stay: ``8:25``; on a later day ``1:10 the day after``; ``?`` where it is not given."""
    if end.minute is None:
        return "?"
    minute = end.minute % (24 * 60)
    return (
        clock(minute) if minute == end.minute else f"{clock(minute)} {'the day after' if end.minute > 0 else 'the day before'}"
    )


def signer_words(end: Signed) -> str:
    """Who signed, and how where nobody simply signed: ``Mererangi Ngāio``; ``entered, Hōri Ngāio``; ``made by the system``."""
    how = METHODS[end.method] if end.method is not None else ""
    if end.by is not None:
        return f"{how}, {end.by}" if how else end.by
    return how or ("" if end.minute is None else NOT_SHOWN)


def absence_words(entry: AbsenceEntry) -> str:
    """``a, unwell``; ``a 12:00 to 14:30, dentist``; ``a, no reason given``."""
    part = f" {clock(entry.starts)} to {clock(entry.ends)}" if entry.starts is not None and entry.ends is not None else ""
    return f"a{part}, {entry.reason or 'no reason given'}"


def correction_words(found: Correction) -> str:
    """``changed by Hōri Ngāio, 12 Feb 10:00: typed 3 for 2``; ``changed between two pulls, nobody says who or when``."""
    if not found.stated:
        return _UNSTATED if found.what == "changed" else _MISSING
    who = f" by {found.by}" if found.by is not None else ", nobody says who"
    when = f", {moment(found.at)}" if found.at is not None else ""
    return f"{found.what}{who}{when}{f': {found.why}' if found.why else ''}"


def marking_words(marking: Marking) -> str:
    """``8:40 Hōri Ngāio``."""
    return " ".join(part for part in (clock_time(marking.at) if marking.at else "", marking.by or NOT_SHOWN) if part)


def moment(at: datetime) -> str:
    """An instant by the clock of Auckland, in short: ``12 Feb 10:00``."""
    day = plain_day(local_time(at, "Pacific/Auckland").date()).split()
    return f"{day[0]} {day[1][:3]} {clock_time(at)}"


def clock_time(at: datetime) -> str:
    """The time of an instant by the clock of Auckland: ``8:40``."""
    local = local_time(at, "Pacific/Auckland")
    return clock(minute_of(local.time()))


def confirmed_words(word: GuardianWord) -> str:
    """``Mererangi Ngāio, 13 Feb 18:05``; on paper with where the sheet is."""
    sheet = f", on paper: {word.reference or 'no reference'}" if word.medium == "paper" else ""
    against = "disputed by " if word.decision == "disputed" else ""
    return f"{against}{word.name}, {moment(word.at)}{sheet}"


def state_words(span: VerifiedSpan) -> str:
    """``overdue: 9 and 10 February 2026``; ``confirmed electronically``."""
    words = SIGNS[span.state][1]
    return f"{words}: {short_days(span.open)}" if span.open and span.state is not VerificationState.NOT_YET_DUE else words


def span_label(span: VerifiedSpan, week: RegisterWeek) -> str:
    """Of which days a confirmation speaks, where they are not the week's: ``March 2026``, or from and to."""
    if span.rhythm is Rhythm.MONTHLY and first_of_month_after(span.days.first, 1) == span.days.after:
        return month_name(span.days.first)
    within = span.days.first <= week.days[0].day and week.days[-1].day <= span.days.last
    return "" if span.rhythm is Rhythm.WEEKLY and within else f"{plain_day(span.days.first)} to {plain_day(span.days.last)}"


def says_nothing(cell: RegisterCell) -> bool:
    """Whether a cell holds nothing: not enrolled, and nothing entered."""
    return not (cell.stays or cell.absences or cell.notes or cell.unseen or cell.visit or cell.no_record)


def register_page(day: date) -> str:
    """The name of the page that holds the register of a day's month."""
    return f"register-{day:%Y-%m}.html"


def dated(day: date) -> str:
    """``Mon 2 March 2026``: a sheet is read alone."""
    return f"{short_day(day)[:3]} {plain_day(day)}"


def week_words(week: RegisterWeek) -> str:
    """``9 February 2026 to 13 February 2026``."""
    first, last = week.days[0].day, week.days[-1].day
    return plain_day(first) if first == last else f"{plain_day(first)} to {plain_day(last)}"
