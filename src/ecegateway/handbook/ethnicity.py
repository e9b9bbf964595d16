"""From an ethnicity of level 4 to the code of level 3 that the Ministry's list holds, where it holds one.

The first three digits of a code of level 4 are its code of level 3, with two exceptions: what stands for no answer (9xxxx) is
no group, and some that are "not further defined" lead to none the list of level 3 holds.
"""

from datetime import date

from ecegateway.handbook.codes import CodeLists

LEVEL_THREE, LEVEL_FOUR = "ethnicity", "ethnicity-level-4"
_DIGITS = 3
_NO_ANSWER = "9"


def is_level_four(value: str, lists: CodeLists) -> bool:
    """Whether a value is a code of level 4 and none of level 3."""
    return value not in lists[LEVEL_THREE] and value in lists[LEVEL_FOUR]


def level_three(value: str, lists: CodeLists, day: date) -> str | None:
    """The code of level 3 that an ethnicity of level 4 belongs to on a day; ``None`` where it belongs to none."""
    shorter = value[:_DIGITS]
    in_force = value in lists[LEVEL_FOUR] and lists[LEVEL_THREE].label(shorter, day) is not None
    return shorter if in_force and not value.startswith(_NO_ANSWER) else None


def offer(value: str, lists: CodeLists, day: date) -> str:
    """A code of level 4 in words, with the code of level 3 that is offered for it. Nothing is ever put in its place unasked."""
    shorter = level_three(value, lists, day)
    named = f"{value} {lists[LEVEL_FOUR].label(value, day) or ''}".strip()
    if shorter is None:
        return f"{named}, which has no code of level 3 in the list: ask the family"
    return f"{named}, offered in its place {shorter} {lists[LEVEL_THREE].label(shorter, day)}"
