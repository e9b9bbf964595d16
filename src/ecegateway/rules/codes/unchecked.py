"""Values nobody can check, because their list is not public and was not loaded: said once for each list.

Source: ECE Funding Handbook 14-1.
"""

from collections import Counter
from collections.abc import Iterator

from ecegateway.handbook.citation import cite
from ecegateway.handbook.codes import Standing
from ecegateway.model.finding import Severity
from ecegateway.rules.codes.values import coded, enrolled_days
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "codes.cannot-check",
    "Codes that cannot be checked",
    message="{list}: codes of {count} enrolled child(ren) cannot be checked, for the list is not known here. To be had from: "
    "{where}.",
    why="A list that is not public is never made up here. Until it is loaded nobody can say whether these codes are right.",
    fix="Get the list, and put it into the folder that the settings name as code_lists, under the list's name.",
    cites=cite("14-1", "what is collected of each child: gender, ethnicity, iwi, languages"),
    severity=Severity.INFORMS,
    holds="Nothing.",
    condition="A child under a signed agreement on any of the days has a gender, an ethnicity, an iwi or a language that its "
    "code list can neither confirm nor rule out, because none of its codes is known or only some are.",
    examples=(
        found("Two children have home languages and no list of languages was loaded: one finding."),
        passes("The list of languages was loaded and holds the code."),
        passes("No child has a home language on record."),
        passes("A child with a home language has left before the period."),
    ),
).of_the_service
def cannot_check(asked: Question) -> Iterator[Breach]:
    """One breach for each list, however many children it leaves unchecked."""
    counts: Counter[str] = Counter()
    for child in asked.facts.children:
        if child.identity is None:
            continue
        doubtful = {
            name
            for name, values in coded(child.identity.record)
            if any(asked.policy.codes[name].standing(one, asked.days.last) is Standing.CANNOT_TELL for one in values)
        }
        if doubtful and enrolled_days(child, asked):
            counts.update(doubtful)
    for name in sorted(counts):
        codes = asked.policy.codes[name]
        where = codes.where or codes.source
        yield Breach((), (), (("list", codes.title), ("count", str(counts[name])), ("where", where)))
