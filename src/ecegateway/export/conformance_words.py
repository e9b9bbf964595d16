"""How grades and criteria read to a person."""

from types import MappingProxyType

from ecegateway.model.conformance import ConformanceCard, CriterionCounts, Grade

GRADES = MappingProxyType({Grade.MET: "met", Grade.BREACHED: "breached", Grade.CANNOT_SHOW: "cannot show"})


def grade_words(counts: CriterionCounts) -> str:
    """The weakest grade in a word, or that there was nothing to grade."""
    return GRADES[counts.grade] if counts.grade is not None else "no such record"


def in_short(card: ConformanceCard) -> str:
    """A card in one sentence: which criteria are met, breached and not shown."""
    parts = []
    for grade, words in GRADES.items():
        numbers = [str(counts.criterion) for counts in card.criteria if counts.grade is grade]
        if numbers:
            parts.append(f"{words}: {', '.join(numbers)}")
    return "; ".join(parts) or "no record to grade"
