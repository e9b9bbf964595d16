"""Short signs for categories and reasons, where a word would not fit: in the strip of a child's day.

A reason's sign is made of the first letters of the words of its id (``funding.licensed-places``: LP); where several reasons
would share one, each has a number too, in the order of their ids. Every page that shows signs explains them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ecegateway.model.claim import Category
from ecegateway.model.ids import RuleId

CATEGORY_SIGNS = MappingProxyType(
    {
        Category.UNDER_TWO: "U2",
        Category.TWO_AND_OVER: "2+",
        Category.TWENTY_HOURS: "20",
        Category.PLUS_TEN: "+10",
    }
)


def signs(reasons: Iterable[RuleId]) -> Mapping[RuleId, str]:
    """The sign of each reason, apart from all others; the same whatever order they come in."""
    alike: defaultdict[str, list[RuleId]] = defaultdict(list)
    for reason in sorted(reasons):
        words = reason.rpartition(".")[2].split("-")
        alike["".join(word[:1] for word in words).upper()].append(reason)
    return {
        reason: letters if len(found) == 1 else f"{letters}{number}"
        for letters, found in alike.items()
        for number, reason in enumerate(found, 1)
    }
