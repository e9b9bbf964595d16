import json
from dataclasses import replace
from datetime import date

from ecegateway.export.index_page import index_page
from ecegateway.export.names import full_name, plain_spelling
from ecegateway.export.nsn_json import nsn_json
from ecegateway.export.nsn_page import nsn_page
from ecegateway.model.nsn_request import Likeness, NsnCandidate, NsnDecision, NsnWay, Stage
from tests.support.claims import KNOWN_AT, claim, exportable, search_request, unverified_request


def test_a_request_says_what_is_asked_and_which_document_was_sighted() -> None:
    document = json.loads(nsn_json(exportable(claim(), requests=[search_request()])))

    (request,) = document["requests"]
    assert request["path"] == "search"
    assert request["family_name"] == "O'Hārae"
    assert request["given_names"] == ["Mererangi", "Ānia"]
    assert (request["document_sighted"], request["document_sighted_on"]) == ("birth certificate", "2026-02-03")
    assert request["plain_spelling"] == "Mererangi Ania O'Harae"
    assert request["problems"] == []


def test_a_single_name_is_sent_with_a_tilde_and_read_without_it() -> None:
    request = unverified_request()
    document = json.loads(nsn_json(exportable(claim(), requests=[request])))

    assert document["requests"][0]["given_names"] == ["~"]
    assert document["requests"][0]["problems"] == ["The gender is not recorded."]
    assert full_name(request) == "Te Whānoa"


def test_a_name_without_marks_needs_no_second_spelling() -> None:
    assert plain_spelling(replace(search_request(), family_name="Hale", given_names=("Anahera",))) is None


def test_the_page_tells_the_two_paths_apart() -> None:
    search = nsn_page(exportable(claim(), requests=[search_request()])).decode()
    unverified = nsn_page(exportable(claim(), requests=[unverified_request()])).decode()

    assert "Search again without macrons, as <strong>Mererangi Ania O&#39;Harae</strong>" in search
    assert "30:00 of their hours are held back" in search
    assert "unverified number" in unverified
    assert "within two weeks" in unverified
    assert "The gender is not recorded." in unverified
    assert "Search the National Student Index" not in unverified


def test_a_service_without_requests_is_told_so() -> None:
    assert "nothing to ask for" in nsn_page(exportable(claim(), requests=[])).decode()


WAY = NsnWay(
    stage=Stage.NEAR,
    candidates=(
        NsnCandidate(
            nsn="0999000001",
            family_name="O'Harae",
            given_names=("Mererangi",),
            birth_date=date(2022, 9, 14),
            gender="F",
            score=99,
            status="merged",
            verification="passport",
            master="999000002",
            likeness=Likeness.NEAR,
            reasons=("the same birth date",),
        ),
    ),
    said=("785: No results",),
    decisions=(
        NsnDecision("chosen", "Ngāio", "seen on the certificate", KNOWN_AT, "999000002", "0999000001", "passport", None),
    ),
    document_due=date(2026, 2, 17),
)


def test_candidates_decisions_and_the_clock_are_shown() -> None:
    made = exportable(claim(), requests=[replace(search_request(), way=WAY)])
    (request,) = json.loads(nsn_json(made))["requests"]
    assert (request["stage"], request["document_due"], request["index_said"]) == (
        "near matches found",
        "2026-02-17",
        ["785: No results"],
    )
    (candidate,) = request["candidates"]
    assert (candidate["nsn"], candidate["master"], candidate["likeness"]) == ("0999000001", "999000002", "near")
    (decision,) = request["decisions"]
    assert (decision["by"], decision["why"], decision["replaces"]) == ("Ngāio", "seen on the certificate", "0999000001")
    page = nsn_page(made).decode()
    for words in ("due by 17 February 2026", "merged, score 99", "near: the same birth date", "The index said: 785"):
        assert words in page
    assert "chosen 999000002 in place of 0999000001, by Ngāio, passport sighted: seen on the certificate" in page


def test_a_child_with_an_unverified_number_is_told_apart_from_those_without() -> None:
    made = exportable(claim(), requests=[search_request(), replace(unverified_request(), path="verify")])
    page = nsn_page(made).decode()
    assert "1 child without a number, 1 child with one that is not verified" in page
    assert "Number on record, unverified" in page
    assert "1 child has no National Student Number" in " ".join(index_page(made).decode().split())
