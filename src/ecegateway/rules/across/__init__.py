"""Rules that look beyond one service: each gives a service its own findings, from what other services' records say."""

from ecegateway.rules.across.children import child_twice, same_hours
from ecegateway.rules.across.people import staff_twice
from ecegateway.rules.across.twenty_hours import twenty_hours

ACROSS_RULES = (child_twice, same_hours, staff_twice, twenty_hours)
