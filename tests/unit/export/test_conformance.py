"""The conformance cards as a page and as JSON: keys only for machines, what to hold on paper for people."""

import json
from dataclasses import replace

import pytest

from ecegateway.errors import ExportError
from ecegateway.export.conformance_json import conformance_json
from ecegateway.export.conformance_page import conformance_page
from ecegateway.export.conformance_words import in_short
from tests.support.cards import conformance
from tests.support.claims import claim, exportable


def test_the_card_says_what_to_hold_on_paper_where_records_cannot_show_it() -> None:
    page = conformance_page(exportable(claim())).decode()
    of_kowhai, of_paper = page.split('id="card-2"')
    assert "To hold on paper instead" not in of_kowhai
    assert "7. The paper of criterion 7." in of_paper
    assert "12. The paper of criterion 12." not in of_paper


def test_the_card_counts_and_gives_its_reasons() -> None:
    page = conformance_page(exportable(claim())).decode()
    assert "Breached: was made as &lt;a default&gt; (3 records of 2 children)" in page
    assert "Met: 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12; breached: 7." in page
    assert "no such record" in page


def test_gaps_name_the_children_on_the_page_and_their_keys_in_json() -> None:
    made = exportable(claim())
    assert "Mererangi O&#39;Hārae" in conformance_page(made).decode()
    document = conformance_json(made).decode()
    assert '"c-001"' in document
    assert "Mererangi" not in document


def test_a_period_without_gaps_says_so() -> None:
    made = replace(exportable(claim()), conformance=lambda: replace(conformance(), gaps=()))
    assert b"No day of this period has one." in conformance_page(made)


def test_json_holds_twelve_criteria_for_each_source() -> None:
    document = json.loads(conformance_json(exportable(claim())))
    assert [card["source"] for card in document["sources"]] == ["kowhai", "paper"]
    assert [[one["criterion"] for one in card["criteria"]] for card in document["sources"]] == [list(range(1, 13))] * 2
    assert [one["grade"] for one in document["sources"][1]["criteria"]] == ["cannot show"] * 11 + [None]


def test_a_card_that_lacks_a_criterion_is_not_written() -> None:
    short = replace(conformance(), criteria=conformance().criteria[:11])
    with pytest.raises(ExportError, match="criteria"):
        conformance_json(replace(exportable(claim()), conformance=lambda: short))


def test_a_card_in_short_names_the_criteria_by_grade() -> None:
    _, paper = conformance().cards
    assert in_short(paper) == "cannot show: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
    assert in_short(replace(paper, criteria=paper.criteria[11:])) == "no record to grade"
