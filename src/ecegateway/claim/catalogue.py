"""Every reason that can stand in a finding or a portion, in words, by id: the rules and the claim's own clauses."""

from collections.abc import Mapping
from types import MappingProxyType

from ecegateway.claim.clauses import CLAUSES
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId
from ecegateway.rules.absence.reasons import REASONS
from ecegateway.rules.assess import RULES

CATALOGUE: Mapping[RuleId, RuleText] = MappingProxyType(
    {text.rule: text for text in (*(rule.text for rule in RULES), *(clause.text for clause in (*CLAUSES, *REASONS)))}
)
