"""The code lists that are shipped, each a file of its own beside this one."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ecegateway.handbook.citation import cite, instruments
from ecegateway.handbook.codes import Code, CodeList, CodeLists, Status


@cache
def shipped() -> CodeLists:
    """Every list shipped with this version, by name; those that are not public are empty and say where to get them."""
    folder = files("ecegateway.handbook").joinpath("code_lists")
    bodies = {entry.name.removesuffix(".toml"): entry.read_bytes() for entry in folder.iterdir()}
    return CodeLists(tuple(_read(name, bodies[name]) for name in sorted(bodies)))


def _read(name: str, body: bytes) -> CodeList:
    table = tomllib.loads(body.decode())
    citation = cite(table["section"], instrument=table["instrument"])
    instrument = instruments()[citation.instrument]
    return CodeList(
        name=name,
        title=table["title"],
        status=Status(table["status"]),
        evidence=table["evidence"],
        source=f"{instrument.title}: {instrument.sections[citation.section]}",
        link=instrument.link,
        read_on=table["read_on"],
        complete=table["complete"],
        codes=_codes(table["code"]),
        digest=hashlib.sha256(body).hexdigest(),
        note=table["note"],
        where=table.get("where", ""),
        headings=_codes(table.get("heading", ())),
        citation=citation,
    )


def _codes(rows: Iterable[Mapping[str, Any]]) -> tuple[Code, ...]:
    return tuple(Code(row["code"], row["label"], row.get("from"), row.get("to")) for row in rows)
