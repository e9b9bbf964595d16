"""Every page: whole, linked, readable with no network and no script, and safe whatever a name holds."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ecegateway.contract import Exportable, Exporter
from ecegateway.export.index_page import index_page
from ecegateway.plugins import Plugins
from tests.support.claims import DEFAULTED, RULES, UNSIGNED, claim, exportable


def pages(made: Exportable) -> dict[str, bytes]:
    return {file.name: file.content for exporter in exporters() for file in exporter.render(made)}


def exporters() -> tuple[Exporter, ...]:
    from ecegateway.builtin import exporters as module  # noqa: PLC0415 - as the plugin manager imports it

    plugins = Plugins()
    plugins.register(module, name="exporters", origin="built-in")
    return plugins.exporters()


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


def found(tree: etree._Element, path: str) -> list[Any]:
    result = tree.xpath(path)
    assert isinstance(result, list)
    return list(result)


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return pages(exportable(claim(children=9)))


@pytest.fixture(scope="module")
def trees(files: Mapping[str, bytes]) -> Mapping[str, etree._Element]:
    return {name: parsed(content) for name, content in files.items() if name.endswith(".html")}


def test_the_exporters_are_registered_by_the_hook() -> None:
    assert [exporter.name for exporter in exporters()] == [
        "absences",
        "conformance",
        "explanation",
        "findings",
        "index",
        "nsn",
        "register",
        "rs7",
    ]


def test_every_link_leads_somewhere(files: Mapping[str, bytes], trees: Mapping[str, etree._Element]) -> None:
    places = {name: {element.get("id") for element in tree.iter() if element.get("id")} for name, tree in trees.items()}

    links = [(name, str(link)) for name, tree in trees.items() for link in found(tree, "//a/@href")]
    assert len(links) > 100
    for name, link in links:
        file, _, place = link.partition("#")
        assert (file or name) in files, f"{name} links to {link}"
        assert not place or place in places[file or name], f"{name} links to {link}"


def test_pages_fetch_nothing_and_run_nothing(trees: Mapping[str, etree._Element]) -> None:
    for name, tree in trees.items():
        assert not found(tree, "//script | //link | //img | //iframe | //object | //@src | //@onclick"), name
        (policy,) = found(tree, "//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in str(policy)


def test_pages_are_structured_for_readers_of_every_kind(trees: Mapping[str, etree._Element]) -> None:
    for name, tree in trees.items():
        assert tree.get("lang") == "en-NZ"
        assert len(found(tree, "//h1")) == len(found(tree, "//main")) == 1, name
        assert not found(tree, "//table[not(caption)] | //th[not(@scope)]"), name
        assert not found(tree, "//table[not(parent::div[@class='wide'][@tabindex='0'][@aria-label])]"), name
        ids = found(tree, "//@id")
        assert len(ids) == len(set(ids)), name


def test_every_page_but_a_parents_form_says_that_it_is_a_draft_and_none_that_it_is_approved(
    trees: Mapping[str, etree._Element],
) -> None:
    for name, tree in trees.items():
        text = "".join(str(text) for text in tree.itertext())
        assert ("Draft, not declared" in text) != name.startswith("reconfirmation-"), name
        assert "not Ministry-approved" in text, name


def test_macrons_survive(files: Mapping[str, bytes]) -> None:
    assert "Pūāwai Early Learning".encode() in files["rs7.html"]
    assert "Tāne Parata-Ngārimu".encode() in files["explanation-2026-02.html"]


def test_sentences_stand_apart(trees: Mapping[str, etree._Element]) -> None:
    for name, tree in trees.items():
        for paragraph in found(tree, "//p"):
            told = "".join(paragraph.itertext())
            assert not re.search(r"[a-z]\.[A-Z0-9]", told), f"{name}: {told}"


def test_a_poisonous_name_stays_text() -> None:
    poison = '"><script>alert(1)</script>{{ 7 * 7 }}'
    made = exportable(claim(children=3))
    made = replace(
        made,
        claim=replace(made.claim, service_name=poison),
        child_names=dict.fromkeys(made.child_names, poison),
        nsn_requests=tuple(replace(request, family_name=poison[:100]) for request in made.nsn_requests),
    )

    for name, content in pages(made).items():
        if name.endswith(".html"):
            assert not found(parsed(content), "//script"), name
            assert b"49" not in content.split(b"</style>")[1][:600], name


def test_the_same_claim_gives_the_same_bytes() -> None:
    assert pages(exportable(claim(children=5))) == pages(exportable(claim(children=5)))


def test_the_start_page_says_what_to_do_first_by_hours_held() -> None:
    text = index_page(exportable(claim(children=12))).decode()
    first = text[text.index("What to do first") :]

    places = [first.index(RULES[rule].fix) for rule in (UNSIGNED, DEFAULTED)]
    assert places == sorted(places)
    assert "2 children have no National Student Number" in text


def test_empty_staff_columns_are_explained_and_filled_ones_are_not() -> None:
    filled = claim(children=3)
    made = exportable(filled)
    empty = exportable(replace(filled, staff=tuple(replace(day, lines=(), hours=0) for day in filled.staff)))

    for name in ("index.html", "rs7.html"):
        assert b"this type of service does not fill these columns" in pages(empty)[name]
        assert b"does not fill these columns" not in pages(made)[name]


def test_a_setting_named_in_a_line_stands_with_its_value_at_the_foot(trees: Mapping[str, etree._Element]) -> None:
    links = [str(link) for link in found(trees["explanation-2026-02.html"], "//li/a/@href") if str(link).startswith("#s-")]
    assert links
    for link in set(links):
        (text,) = found(trees["explanation-2026-02.html"], f"//li[@id='{link[1:]}']")
        assert "".join(text.itertext()).startswith(link.removeprefix("#s-"))


def test_the_start_page_of_a_clean_period_says_so() -> None:
    text = index_page(exportable(claim(child_days=(), findings=[]), requests=[])).decode()

    assert "Nothing is held back." in text
    assert "Nothing holds hours back." in text
