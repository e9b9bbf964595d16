"""A value that its code list does not hold on the days it is used.

Source: ECE Funding Handbook 14-1 (what is collected of each child); the lists themselves are in ``handbook/code_lists``.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.handbook.codes import CodeList
from ecegateway.handbook.ethnicity import LEVEL_THREE, is_level_four
from ecegateway.model.finding import Severity
from ecegateway.rules.codes.values import coded, enrolled_days
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_COLLECTED = cite("14-1", "what is collected of each child: gender, ethnicity, iwi, languages")


@rule(
    "codes.outside-list",
    "A code that its list does not hold",
    message="{values}. The list: {list}.",
    why="The Ministry reads codes, not words: one that its list does not hold says nothing, or is refused with all beside it.",
    fix="Ask the family if need be, and have the code corrected in the vendor's system. Load a newer list if there is one.",
    cites=_COLLECTED,
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="A signed agreement is in force on the day, and on that day the gender, an ethnicity, an iwi or a language on "
    "the child's record is not in force in its code list: the one that the settings' folder holds, else the shipped one. A "
    "list that is not known, or known in part, rules nothing out; ethnicities of level 4 have a rule of their own.",
    examples=(
        found("An ethnicity is in no list."),
        found("An iwi is given by the number of its region alone."),
        found("A language is not in the list of languages that was loaded."),
        found("A code of a loaded list ended within the period."),
        passes("Every code is in its list."),
        passes("A language is given and no list of languages was loaded."),
        passes("A child with a code that is in no list has left before the period."),
    ),
).of_each_child
def outside_list(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """One breach for each list, with all values that it rules out and the days on which it does."""
    known = child.identity
    if known is None:
        return
    lists = asked.policy.codes
    for name, values in coded(known.record):
        codes = lists[name]
        doubtful = [one for one in values if not codes.always(one) and not (name == LEVEL_THREE and is_level_four(one, lists))]
        if not doubtful or not codes.known:
            continue
        wrong = {one: days for one in doubtful if (days := _wrong_days(one, codes, enrolled_days(child, asked)))}
        if wrong:
            days = tuple(sorted({day for found_days in wrong.values() for day in found_days}))
            said = "; ".join(f"{one} is {codes.standing(one, ruled_out[0])}" for one, ruled_out in wrong.items())
            yield Breach(days, (known.id,), (("values", said), ("list", codes.in_words)), cause=codes.title)


def _wrong_days(value: str, codes: CodeList, days: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(day for day in days if codes.standing(value, day).wrong)
