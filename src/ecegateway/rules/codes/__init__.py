"""Rules about coded values and official names: what stands on a child's record, held against the code lists of its day."""

from ecegateway.rules.codes.level_four import level_four
from ecegateway.rules.codes.names import name_characters
from ecegateway.rules.codes.outside import outside_list
from ecegateway.rules.codes.unchecked import cannot_check

CODE_RULES = (outside_list, level_four, cannot_check, name_characters)
