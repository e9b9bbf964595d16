"""The codes of an ECE Return against the code lists of its date. A list nobody has is said once, not for each answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from ecegateway.census.remark import Remark, Weight
from ecegateway.handbook.codes import CodeList, CodeLists, Standing
from ecegateway.handbook.ethnicity import LEVEL_THREE, is_level_four, offer
from ecegateway.model.ece_return import EceReturn

_BY_LIST = {
    "wait-time": "wait_times",
    "language": "languages",
    "gender": "staff, gender",
    "iwi": "staff, iwi",
    "staff-role": "staff, code of a role",
    "staff-qualification": "staff, qualification",
    "ethnicity": "staff, ethnicities",
}
"""The lists a return is held against, and the answers they are of. Age bands, weekdays and destinations are no free codes."""


@dataclass(frozen=True, slots=True)
class CodesChecked:
    """What there is to say of a return's codes, and the lists they were held against."""

    remarks: tuple[Remark, ...]
    lists: tuple[str, ...]


def check_codes(made: EceReturn, lists: CodeLists) -> CodesChecked:
    """Hold every code against its list. A value outside a list of the Ministry's is an error, outside another a warning."""
    used: dict[str, set[str]] = {}
    for name, value in _codes(made):
        used.setdefault(name, set()).add(value)
    finer = sorted(value for value in used.get(LEVEL_THREE, ()) if is_level_four(value, lists))
    offers = [offer(value, lists, made.date) for value in finer]
    remarks = [remark for name in sorted(used) for remark in _held_against(lists[name], used[name], made)]
    if offers:
        remarks.append(Remark("codes.ethnicity-level", Weight.NOTE, _BY_LIST[LEVEL_THREE], f"of level 4: {'; '.join(offers)}"))
    return CodesChecked(tuple(remarks), tuple(sorted(used)))


def _held_against(codes: CodeList, values: set[str], made: EceReturn) -> Iterator[Remark]:
    standing = {value: codes.standing(value, made.date) for value in sorted(values)}
    wrong = [f"{value} is {found}" for value, found in standing.items() if found.wrong]
    if wrong:
        weight = Weight.ERROR if codes.binding else Weight.WARNING
        yield Remark(f"codes.{codes.name}", weight, _BY_LIST[codes.name], f"{'; '.join(wrong)}: {codes.in_words}")
    unsure = [value for value, found in standing.items() if found is Standing.CANNOT_TELL]
    if unsure:
        which = ", ".join(unsure) if codes.known else "the list is not public and was not loaded"
        where = f"; to be had from: {codes.where}" if codes.where else f"; only a part of the list is known: {codes.source}"
        yield Remark(f"codes.{codes.name}", Weight.UNCHECKED, _BY_LIST[codes.name], f"{which}{where}")


def _codes(made: EceReturn) -> Iterator[tuple[str, str]]:
    waits = made.wait_times
    for wait in (waits.under_one, waits.one, waits.two, waits.three, waits.four):
        yield "wait-time", wait
    for language in made.languages:
        yield "language", language.code
    for member in made.staff:
        yield "gender", member.gender
        for iwi in member.iwi:
            yield "iwi", iwi
        for role in member.roles:
            yield "staff-role", role.code
        for dated in member.dated_roles:
            yield "staff-qualification", dated.qualification
            if dated.playcentre_qualification is not None:
                yield "staff-qualification", dated.playcentre_qualification
            for ethnicity in dated.ethnicities:
                yield "ethnicity", ethnicity
