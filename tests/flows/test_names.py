"""Names from a vendor's row to the files, however the vendor spells their macrons."""

import html
import io
import unicodedata
import zipfile
from typing import Literal

import orjson
import pytest

from ecegateway.builtin.nsn_exporter import NsnExporter
from ecegateway.contract import Draft, Feed
from ecegateway.export.file_names import name_fault
from ecegateway.flows.export import rendered
from ecegateway.intake.accept import Statement, accept
from ecegateway.model.child import Child
from ecegateway.plugins import load_plugins
from tests.support.records import MONDAY, SERVICE, agreement, prepared, profile, staffed, stay

FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


def stated(family: str, *given: str) -> Statement:
    """What the gateway keeps of a vendor's row about a child."""
    fields = {"service": SERVICE, "key": "c1", "family_name": family, "given_names": list(given), "birth_date": "2023-08-01"}
    accepted = accept([Draft("child", {**fields, "gender": "F"}, 1)], Feed("children", SERVICE, frozenset({"child"})), "/page")
    assert accepted.quarantined == []
    (statement,) = accepted.statements["child"]
    return statement


def written(statement: Statement) -> dict[str, bytes]:
    """The requests for a student number, in all their files."""
    child = Child.model_validate_json(statement.content)
    made = prepared(*staffed(), profile(), agreement(), stay(MONDAY), child).exportable
    return {file.name: file.content for file in NsnExporter().render(made)}


@pytest.mark.parametrize(("family", "given"), [("Tūmanako", "Ngāio"), ("Te Rangi Hīroa", "Āwhina-Mārie"), ("Šárka", "Zoë")])
def test_macrons_survive_end_to_end(family: str, given: str) -> None:
    """Trap 35: composed or decomposed it is the same name, the same record, and the same bytes in every file."""
    forms = [stated(unicodedata.normalize(form, family), unicodedata.normalize(form, given)) for form in FORMS]
    assert len({statement.digest for statement in forms}) == 1
    composed, decomposed = map(written, forms)
    assert composed == decomposed
    (request,) = orjson.loads(composed["nsn-requests.json"])["requests"]
    assert (request["family_name"], request["given_names"], request["problems"]) == (family, [given], [])
    assert f"{given} {family}".encode() in composed["nsn-requests.html"]


def test_single_name_uses_tilde() -> None:
    """Trap 35: a person with a single name has it as family name, and ``~`` is sent for the given name."""
    files = written(stated("Tūī"))
    (request,) = orjson.loads(files["nsn-requests.json"])["requests"]
    assert (request["family_name"], request["given_names"], request["problems"]) == ("Tūī", ["~"], [])


SCRIPTS = [
    ("Ngāio", "Tāne Kahurangi"),
    ("O'Hārae", "Mary-Jane"),
    ("Nguyễn", "Thị Ánh"),
    ("李", "小龙"),
    ("やまだ", "たろう"),
    ("김", "민준"),
    ("محمد", "فاطمة"),
    ("כהן", "נועה"),
    ("शर्मा", "आरव"),
    ("சுப்ரமணியன்", "மீனா"),
    ("Петрова", "Анна"),
    ("Παπαδόπουλος", "Νίκη"),
    ("Fa\u2018asavalu", "Sione"),
    ("\U00020bb7野", "家"),
]


@pytest.mark.parametrize(("family", "given"), SCRIPTS)
def test_a_name_of_any_script_reaches_every_file_letter_by_letter(family: str, given: str) -> None:
    made = prepared(*staffed(), profile(), agreement(), stay(MONDAY), Child.model_validate_json(stated(family, given).content))
    written, failures = rendered(made.exportable, load_plugins(outside=()).exporters())
    files = {file.name: file.content for file in written}
    assert failures == ()
    for name in ("register.csv", "register-2026-02.html", "frequent-absence.html", "findings.csv"):
        shown = html.unescape(files[name].decode())
        assert (name, family in shown, given in shown) == (name, True, True)
    with zipfile.ZipFile(io.BytesIO(files["register.xlsx"])) as book:
        texts = html.unescape(book.read("xl/sharedStrings.xml").decode())
    assert family in texts
    assert all(name_fault(name) is None for name in files)
