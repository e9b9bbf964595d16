"""Which sections are carried out: worked out from the citations, and complete."""

from ecegateway.claim.catalogue import CATALOGUE, CITATIONS
from ecegateway.claim.coverage import coverage
from ecegateway.handbook.citation import FUNDING_HANDBOOK, instruments
from ecegateway.handbook.code_lists import shipped
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
    cited |= {(one.citation.instrument, one.citation.section) for one in shipped().lists if one.citation is not None}
    assert {(one.instrument, one.section) for one in coverage() if one.cited} == cited
    assert ("ece-funding-handbook", "2-6") not in cited


CHAPTER_SIX = {
    "6-1": "Enrolment records",
    "6-3": "Attendance records",
    "6-4": "Absence rules",
    "6-5": "Three Week Rule for Continuous Absence",
    "6-6": "Three Week Rule: extension for extended non-operation",
    "6-7": "The Frequent Absence Rule",
    "6-8": "The Frequent Absence Rule: examples",
    "6-9": "Funding for make-up days",
}
"""The sections by the numbers that are right: the copy of the chapter prints some of them off by one."""


def test_citations_use_titles() -> None:
    """Trap 34 (A43): every citation names its section by title, so that a number printed wrong misleads nobody."""
    sections = instruments()[FUNDING_HANDBOOK].sections
    assert {number: title for number, title in sections.items() if number.startswith("6-")} == CHAPTER_SIX
    cited = [*CITATIONS.values(), *(dated.citation for one in handbook().parameters() for dated in one.values)]
    cited += [source.citation for one in rates() for source in one.sources]
    for citation in cited:
        title = instruments()[citation.instrument].sections[citation.section]
        numbered = f"{citation.section} {title}" if citation.instrument == FUNDING_HANDBOOK else title
        assert numbered in str(citation)
