"""Which sections of the law are carried out, and by what: worked out from the citations themselves, never written by hand."""

from collections import defaultdict
from dataclasses import dataclass

from ecegateway.claim.catalogue import CITATIONS
from ecegateway.handbook.citation import Citation, instruments
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.rates import rates
from ecegateway.model.ids import RuleId

_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One section that may be cited, and what cites it: rules and clauses, parameters, kinds of service with rates, lists."""

    instrument: str
    section: str
    title: str
    rules: tuple[RuleId, ...]
    parameters: tuple[str, ...]
    rates: tuple[str, ...]
    code_lists: tuple[str, ...]

    @property
    def cited(self) -> bool:
        """Whether anything cites it."""
        return bool(self.rules or self.parameters or self.rates or self.code_lists)


def coverage() -> tuple[Section, ...]:
    """Every section of every instrument, in the order of the index."""
    rules: defaultdict[_Place, set[RuleId]] = defaultdict(set)
    for rule, citation in CITATIONS.items():
        rules[_place(citation)].add(rule)
    parameters: defaultdict[_Place, set[str]] = defaultdict(set)
    for parameter in handbook().parameters():
        for dated in parameter.values:
            parameters[_place(dated.citation)].add(parameter.name)
    paid: defaultdict[_Place, set[str]] = defaultdict(set)
    for rate in rates():
        for source in rate.sources:
            paid[_place(source.citation)].add(str(rate.kind))
    listed: defaultdict[_Place, set[str]] = defaultdict(set)
    for codes in shipped().lists:
        if codes.citation is not None:
            listed[_place(codes.citation)].add(codes.name)
    return tuple(
        Section(
            instrument=name,
            section=section,
            title=title,
            rules=tuple(sorted(rules[name, section])),
            parameters=tuple(sorted(parameters[name, section])),
            rates=tuple(sorted(paid[name, section])),
            code_lists=tuple(sorted(listed[name, section])),
        )
        for name, instrument in instruments().items()
        for section, title in instrument.sections.items()
    )


def _place(citation: Citation) -> _Place:
    return citation.instrument, citation.section
