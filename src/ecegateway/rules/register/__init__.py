"""What the attendance register must include beside times and signatures (Handbook 6-3)."""

from ecegateway.rules.register.explained import explained
from ecegateway.rules.register.marked import marked, marking_not_shown
from ecegateway.rules.register.named import named
from ecegateway.rules.registry import Rule

REGISTER_RULES: tuple[Rule, ...] = (marked, marking_not_shown, explained, named)
