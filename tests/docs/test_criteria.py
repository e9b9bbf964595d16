"""The page on the criteria says of each what the code says."""

from pathlib import Path

import pytest

import ecegateway
from ecegateway.rules.criteria.catalogue import CRITERIA
from ecegateway.rules.criteria.grading import Criterion

PAGE = (Path(__file__).parents[2] / "docs" / "criteria.md").read_text(encoding="utf-8")
ROOM = Path(ecegateway.__file__).parent / "rules" / "criteria"


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.title)
def test_each_criterion_stands_on_the_page_as_in_the_code(criterion: Criterion) -> None:
    _, _, rest = PAGE.partition(f"## {criterion.number}. {criterion.title}\n")
    section, _, _ = rest.partition("\n## ")
    (module,) = ROOM.glob(f"criterion_{criterion.number:02}_*.py")
    words = (criterion.asks, criterion.group, module.name, criterion.on_paper, *(fact.value for fact in criterion.needs))
    assert [word for word in words if word not in section] == []
    assert [rule.text.rule for rule in criterion.rules if f"(rules/{rule.text.rule}.md)" not in section] == []
