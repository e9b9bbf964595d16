"""A return's whole life, events and student numbers over the interface, as a vendor's product would call it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.filing import PREPARER, SIGNER
from tests.support.office import Office, office
from tests.support.records import SERVICE

DECLARING = {"phone": "04 555 0101", "designation": "centre manager"}


@pytest.fixture
def there(evidence_url: str, tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, evidence_url) as found:
        yield found


def test_a_return_goes_from_its_draft_to_the_ministrys_answer(there: Office) -> None:
    shown = there.get("/periods/2026-02/claim")
    assert {one["column"]: one["hours"] for one in shown["child_hours"]}["two-and-over"] > 0
    draft = there.post("/returns", {"period": "2026-02"})
    assert (draft["state"], draft["prepared_by"], draft["revision"]) == ("draft", PREPARER, 1)
    assert there.post("/returns", {"period": "2026-02"})["number"] == draft["number"]
    here = f"/returns/{draft['number']}"
    unlooked = there.post(f"{here}/validation", {"without_held": "what is held is looked at later"})
    assert "have not been looked at" in unlooked["against"][0]
    assert there.post("/periods/2026-02/check")["since"] is None
    assert there.post(f"{here}/validation", {"without_held": "what is held is looked at later"})["against"] == []
    there.post(f"{here}/attestation", {"salaries": True})
    alone = there.ask("POST", f"/v1/services/{SERVICE}{here}/submission", who=SIGNER)
    assert (alone.status_code, alone.json()["type"]) == (409, "urn:ecegateway:problem:step-refused")
    signed = there.post(f"{here}/signature", DECLARING, who=SIGNER)
    assert signed["state"] == "signed"
    sent = there.post(f"{here}/submission", who=SIGNER)
    assert (sent["receipt"]["outcome"], sent["made"]["state"]) == ("laid out", "submitted")
    received = there.post(f"{here}/receipt", {"accepted": True, "reference": "R-17"})
    assert received["state"] == "received"
    assert [step["step"] for step in received["steps"]] == ["validated", "attested", "signed", "submitted", "received"]
    assert [step["by"] for step in received["steps"]] == [PREPARER, PREPARER, SIGNER, SIGNER, PREPARER]
    xml = there.ask("GET", f"/v1/services/{SERVICE}{here}/files/rs7.xml")
    assert xml.headers["content-type"] == "application/xml"
    assert SIGNER.encode() in xml.content
    assert there.get("/returns?limit=1")["items"][0]["number"] == draft["number"]


def test_who_prepared_a_return_cannot_sign_it(there: Office) -> None:
    draft = there.post("/returns", {"period": "2026-02"}, who=SIGNER)
    here = f"/returns/{draft['number']}"
    there.post("/periods/2026-02/check", who=SIGNER)
    there.post(f"{here}/validation", {"without_held": "later"})
    there.post(f"{here}/attestation", {"salaries": True})
    refused = there.ask("POST", f"/v1/services/{SERVICE}{here}/signature", DECLARING, SIGNER)
    assert refused.status_code == 409
    assert "somebody else" in refused.json()["detail"] or "two" in refused.json()["detail"]


def test_events_are_queued_once_sent_and_shown(there: Office) -> None:
    queued = there.post("/events", {})
    assert there.post("/events", {})["queued"] == []
    total = sum(one["count"] for one in queued["queued"])
    first = there.get("/events?limit=2") if total else {"items": [], "next": None}
    assert len(first["items"]) == min(total, 2)
    assert there.post("/outbox/delivery", {"seconds": 30})["stopped"] is None
    assert {one["family"] for one in there.get("/outbox/balance")["families"]} >= {"ChildIdentity", "ChildAttendance"}
    assert "2026-02" in {one["month"] for one in there.get("/months")["months"]}


def test_findings_and_a_childs_day_are_explained_page_by_page(there: Office) -> None:
    everything = there.get("/periods/2026-02/findings")
    pages: list[object] = []
    after: int | None = 0
    while after is not None:
        shown = there.get(f"/periods/2026-02/findings?limit=1&after={after}")
        pages += shown["items"]
        after = shown["next"]
    assert pages == everything["items"]
    day = there.get("/children/kowhai:c1/days/2026-02-09")
    assert day["explanation"]["portions"]


def test_numbers_are_listed_and_a_document_is_noted(there: Office) -> None:
    (line,) = there.get("/student-numbers?everybody=true")["items"]
    kept = there.post(
        f"/student-numbers/{line['child']}/document", {"document": "birth certificate", "sighted_on": "2026-01-05"}
    )
    assert kept["step"]["by"] == PREPARER
    searched = there.ask("POST", f"/v1/services/{SERVICE}/student-numbers/{line['child']}/search")
    assert searched.status_code == 409
    assert "does not lead to the student index" in searched.json()["detail"]


def test_a_wrong_request_is_told_what_is_wrong_and_nothing_it_said(there: Office) -> None:
    refused = there.ask("POST", f"/v1/services/{SERVICE}/returns", {"period": "Mererangi", "who": "Mererangi"})
    assert refused.status_code == 422
    assert {one["where"] for one in refused.json()["flaws"]} == {"body.period", "body.who"}
    assert "Mererangi" not in refused.text
