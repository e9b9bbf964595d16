"""Which sections are carried out: worked out from the citations, and complete."""

from ecegateway.claim.catalogue import CATALOGUE, CITATIONS
from ecegateway.claim.coverage import coverage
from ecegateway.handbook.citation import instruments
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.rates import rates


def test_every_rule_and_clause_stands_under_one_section() -> None:
    assert sorted(rule for section in coverage() for rule in section.rules) == sorted(CATALOGUE)


def test_a_rule_stands_under_the_section_its_words_cite() -> None:
    for section in coverage():
        for rule in section.rules:
            assert section.title in CATALOGUE[rule].cites
            assert CATALOGUE[rule].cites == str(CITATIONS[rule])


def test_every_parameter_and_every_kind_of_rate_stands_somewhere() -> None:
    assert {name for section in coverage() for name in section.parameters} == {one.name for one in handbook().parameters()}
    assert {kind for section in coverage() for kind in section.rates} == {str(one.kind) for one in rates()}


def test_every_section_that_may_be_cited_is_listed_once_in_the_order_of_the_index() -> None:
    listed = [(section.instrument, section.section) for section in coverage()]
    assert listed == [(one.name, section) for one in instruments().values() for section in one.sections]


def test_a_section_that_nothing_cites_says_so() -> None:
    cited = {(one.instrument, one.section) for one in CITATIONS.values()}
    cited |= {(dated.citation.instrument, dated.citation.section) for one in handbook().parameters() for dated in one.values}
    cited |= {(source.citation.instrument, source.citation.section) for one in rates() for source in one.sources}
    assert {(one.instrument, one.section) for one in coverage() if one.cited} == cited
    assert ("ece-funding-handbook", "2-4") not in cited
