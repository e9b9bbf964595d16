"""The answers of an ECE Return to be filled in, as commented TOML: what records show is filled in, the rest is asked."""

import json
from collections.abc import Iterator

from ecegateway.census.shown import Shown, ShownStaff, clock_of
from ecegateway.handbook.census import CensusWeek
from ecegateway.handbook.codes import CodeList, CodeLists
from ecegateway.model.ece_return import AgeBand, LeavingDestination

_AGES = (("under_one", "under one year"), ("one", "one"), ("two", "two"), ("three", "three"), ("four", "four"))
_FEW = 12
"""A list of so many codes at most is written out beside the answer."""


def template(found: Shown, lists: CodeLists, week: CensusWeek | None) -> str:
    """The file of answers. Names stand in comments, for whoever fills it in; none of them gets into the return."""
    return "\n".join([*_head(found, week), *_service(lists), *_staff(found, lists)]) + "\n"


def _head(found: Shown, week: CensusWeek | None) -> Iterator[str]:
    yield f"# Answers for the annual ECE Return of {_said(found.service_name)}."
    yield "# ELI-shaped, from public evidence, not Ministry-approved. Answer what is empty, take the # away where you answer,"
    yield "# then: ecegateway census check FILE. The file holds names in its comments: keep it where such things are kept."
    yield f"service = {json.dumps(found.service)}"
    yield f"date = {found.date}  # the Monday of the census week"
    if week is None:
        yield "# The week of this year is not known here. From the Ministry's notice:"
        yield f"# census_week = {{ first = {found.date}, last = {found.date} }}"
    elif week.due is not None:
        yield f"# The census week: {week.first} to {week.last}, due on {week.due}."


def _service(lists: CodeLists) -> Iterator[str]:
    yield f"\n# How long a place is waited for, by the child's age. {_codes(lists['wait-time'])}"
    yield "[wait_times]"
    for field, words in _AGES:
        yield f'{field} = ""  # {words}'
    yield f"\n# One to five languages the service is led in; the percentages make 100. {_codes(lists['language'])}"
    yield '[[languages]]\ncode = ""\npercent = 100'


def _staff(found: Shown, lists: CodeLists) -> Iterator[str]:
    yield f"\n# Staff. Gender: {_codes(lists['gender'])} Age bands: {', '.join(AgeBand)}."
    yield "# Iwi and ethnicities: up to three each; ecegateway codes show iwi, ecegateway codes show ethnicity."
    yield f"# Role codes: {_codes(lists['staff-role'])} Qualifications: ecegateway codes show staff-qualification."
    yield "# Roles: educational, home_based (without paid and contact_hours), and with code, paid, permanent, full_time alone:"
    yield "# management, support, specialist. Take away the table of a role a person does not have."
    for one in found.staff:
        yield from _member(one)
    if found.others:
        yield "\n# On record as staff, without a shift in the week: add whoever the return is about."
        yield from (f"# person = {json.dumps(key)}  # {_said(name)}" for key, name in found.others)


def _member(one: ShownStaff) -> Iterator[str]:
    yield f"\n[[staff]]\nperson = {json.dumps(one.person)}  # {_said(one.name)}"
    yield f"hours_worked = {one.hours}  # from the shifts of the week, to the nearest hour"
    yield 'gender = ""\nage_band = ""\niwi = []'
    yield "# min_age_taught = 0   # youngest and oldest children taught, in months"
    yield "# max_age_taught = 72"
    yield "# was_teacher = true   # asked of permanent staff: worked as a teacher before"
    yield "# from_other_service = false"
    yield f'# leaving_destination = ""   # {", ".join(LeavingDestination)}: their meaning is not public'
    yield "[staff.educational]"
    yield 'code = ""\nqualification = ""\nethnicities = []'
    yield f"# registered = true   # the shifts say: {'certificated' if one.certificated else 'not certificated'}"
    yield "# starts = 2024-02-01   # in the role, at this service\n# ends = 2026-12-31"
    yield "# paid = true\n# permanent = true\n# full_time = true   # 25 hours a week and more"
    yield "contact_hours = ["
    for weekday, (starts, ends) in one.spans:
        yield f'  {{ weekday = "{weekday}", starts = {clock_of(starts)}, ends = {clock_of(ends)} }},'
    yield "]"


def _codes(codes: CodeList) -> str:
    if not codes.known:
        return f"The list is not public: {codes.where}."
    if len(codes.codes) > _FEW:
        return f"See: ecegateway codes show {codes.name}."
    return f"{', '.join(f'{one.code} {one.label}' for one in codes.codes)}."


def _said(words: str) -> str:
    """Words as a comment may hold them: on one line, without signs that are none."""
    return "".join(one for one in " ".join(words.split()) if one.isprintable())
