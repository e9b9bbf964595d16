"""Code lists as somebody may have loaded them."""

from datetime import date

from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import Code, CodeList, CodeLists, Status

READ_ON = date(2026, 11, 30)


def loaded(name: str, *codes: str | Code, complete: bool = True, evidence: str = "V2") -> CodeList:
    """An invented list of a name, its codes given bare or with their days."""
    return CodeList(
        name=name,
        title=shipped()[name].title,
        status=Status.MINISTRY if evidence == "V1" else Status.UNCONFIRMED,
        evidence=evidence,
        source="an invented source",
        link="",
        read_on=READ_ON,
        complete=complete,
        codes=tuple(one if isinstance(one, Code) else Code(one, f"invented {one}") for one in codes),
        digest="ab" * 32,
        loaded_from=f"{name}.toml",
    )


def with_loaded(*lists: CodeList) -> CodeLists:
    """The shipped lists with these in their places."""
    return shipped().with_loaded(lists)
