import json
from dataclasses import replace

from ecegateway.export.names import full_name, plain_spelling
from ecegateway.export.nsn_json import nsn_json
from ecegateway.export.nsn_page import nsn_page
from tests.support.claims import claim, exportable, search_request, unverified_request


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
