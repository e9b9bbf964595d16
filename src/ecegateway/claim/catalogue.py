"""Every reason that can stand in a finding or a portion, in words, by id: the rules and the claim's own clauses."""

from collections.abc import Mapping
from types import MappingProxyType

from ecegateway.claim.clauses import CLAUSES
from ecegateway.handbook.citation import Citation
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId
from ecegateway.rules.absence.reasons import REASONS
from ecegateway.rules.assess import RULES
from ecegateway.rules.registry import Clause, Rule

_DECLARED: tuple[Rule | Clause, ...] = (*RULES, *CLAUSES, *REASONS)

CATALOGUE: Mapping[RuleId, RuleText] = MappingProxyType({one.text.rule: one.text for one in _DECLARED})

CITATIONS: Mapping[RuleId, Citation] = MappingProxyType({one.text.rule: one.citation for one in _DECLARED})
"""The place in the law that each of them carries out."""
