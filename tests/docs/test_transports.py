"""The examples of docs/transports.md work as printed."""

import re
import types
from hashlib import sha256
from pathlib import Path

import pytest

from ecegateway.builtin.receipts import read_receipt
from ecegateway.config import MinistryConfig
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.delivery import hand_over
from ecegateway.flows.ways import open_way
from ecegateway.outbound import Outcome, Reason, Receipt
from ecegateway.plugins import load_plugins
from ecegateway.testing.vendor_faults import Reply
from ecegateway.testing.vendor_server import LoopbackServer, Request
from tests.support.ministry import Waits, letter, now, outgoing

TEXT = (Path(__file__).parents[2] / "docs" / "transports.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("replies", "made"),
    [
        ([Reply(200, b"A-1")], Receipt(Outcome.ACCEPTED, "A-1")),
        ([Reply(400, b"")], Receipt(Outcome.REJECTED, None, (Reason("acme", "Acme does not take it"),))),
        ([Reply(0, b"", drop=True), Reply(200, b"A-1")], Receipt(Outcome.ACCEPTED, "A-1")),
        ([Reply(0, b"", drop=True), Reply(410, b""), Reply(200, b"A-1")], Receipt(Outcome.ACCEPTED, "A-1")),
    ],
)
def test_its_transport_hands_over(tmp_path: Path, replies: list[Reply], made: Receipt) -> None:
    module = types.ModuleType("ecegateway_acme")
    exec(compile(example("python"), "docs/transports.md", "exec"), module.__dict__)  # noqa: S102 - the document's own example
    plugins = load_plugins(outside=())
    plugins.register(module, name="acme", origin="the document")
    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(request.headers.get("acme-key") or request.params["key"])
        return replies[len(asked) - 1]

    server = LoopbackServer(respond)
    server.start()
    config = MinistryConfig(transport="acme", base_url=f"http://127.0.0.1:{server.port}")
    with open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as store:
        with open_way(plugins, config, now, sleep=Waits()) as way:
            assert hand_over(store, way, outgoing(), 1, now) == made
        server.stop()
    assert asked == ["k-1"] * len(replies)


def test_its_receipt_is_one() -> None:
    body = example("json").replace("the sha256 of NAME.delivery.json", sha256(letter()).hexdigest()).encode()
    receipt = read_receipt(body, letter())
    assert receipt.outcome is Outcome.REJECTED
    assert receipt.reasons == (Reason("R17", "the licence is suspended", "ServiceId"),)


def test_every_outcome_is_explained() -> None:
    assert [outcome for outcome in Outcome if f"| `{outcome}` | " not in TEXT] == []
