"""Every reason that can stand in a finding, a portion or a return, in words, by id: rules, the claim's own clauses, checks."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType

from ecegateway.claim.calendar_clauses import CALENDAR_CLAUSES
from ecegateway.claim.clauses import CLAUSES
from ecegateway.claim.place_clauses import PLACE_CLAUSES
from ecegateway.claim.return_checks import RETURN_RULES
from ecegateway.claim.returns.declare import ReturnRule
from ecegateway.handbook.citation import Citation
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId
from ecegateway.rules.absence.reasons import REASONS
from ecegateway.rules.assess import RULES
from ecegateway.rules.registry import Clause, Rule

ALL_CLAUSES: tuple[Clause, ...] = (*CLAUSES, *CALENDAR_CLAUSES, *PLACE_CLAUSES, *REASONS)
"""Every reason the claim itself gives."""

_DECLARED: tuple[Rule | Clause | ReturnRule, ...] = (*RULES, *ALL_CLAUSES, *RETURN_RULES)

CATALOGUE: Mapping[RuleId, RuleText] = MappingProxyType({one.text.rule: one.text for one in _DECLARED})

CITATIONS: Mapping[RuleId, Citation] = MappingProxyType({one.text.rule: one.citation for one in _DECLARED})
"""The place in the law that each of them carries out."""

SWITCHES: Mapping[RuleId, str] = MappingProxyType({one.text.rule: one.switch for one in _DECLARED if one.switch is not None})
"""The policy switch that bears on each of them, where one does."""


def by_theme(rules: Iterable[RuleId]) -> Mapping[str, tuple[RuleId, ...]]:
    """Rule ids in order, under the first word of their ids: what they are about."""
    return {theme: tuple(found) for theme, found in groupby(sorted(rules), key=lambda rule: rule.split(".")[0].capitalize())}
