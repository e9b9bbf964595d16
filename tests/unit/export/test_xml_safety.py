"""No XML makes the gateway open a file, ask a host, or fill the memory."""

import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecegateway.errors import ExportError
from ecegateway.export.schemas import check_xml

SECRET = "hush-secret"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A host that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # noqa: FBT003 - the socket's own words
        yield server


def documents(secret: str, url: str) -> dict[str, str]:
    return {
        "entity of a file": f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret}">]><a>&x;</a>',
        "entity of a host": f'<!DOCTYPE a [<!ENTITY x SYSTEM "{url}">]><a>&x;</a>',
        "parameter entity": f'<!DOCTYPE a [<!ENTITY % x SYSTEM "{url}"> %x;]><a/>',
        "outside declarations": f'<!DOCTYPE a SYSTEM "{url}"><a/>',
        "public declarations": f'<!DOCTYPE a PUBLIC "x" "{url}"><a/>',
        "a billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]><a>&l9;</a>',
        "quadratic": f'<!DOCTYPE a [<!ENTITY x "{"y" * 50_000}">]><a>{"&x;" * 50_000}</a>',
        "default attributes": '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
        "an inclusion": f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret}" parse="text"/></a>',
        "a schema of its own": f'<a xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:noNamespaceSchemaLocation="{url}"/>',
        "a style sheet": f'<?xml-stylesheet href="{url}"?><a/>',
        "too deep": "<a>" * 100_000 + "</a>" * 100_000,
        "no end": "<a>" + "x" * 1_000_000,
        "no XML": "Mererangi",
    }


@pytest.mark.parametrize("name", documents("", ""))
def test_hostile_xml_is_refused_at_once(listener: socket.socket, tmp_path: Path, name: str) -> None:
    place = tmp_path / "secret"
    place.write_text(SECRET, encoding="utf-8")
    document = documents(place.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/x")[name].encode()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(ExportError) as refused:
        check_xml(document, "rs7.v2.xsd")
    assert time.monotonic() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024
    assert SECRET not in str(refused.value)
    assert "Mererangi" not in str(refused.value)
    with pytest.raises(BlockingIOError):
        listener.accept()
