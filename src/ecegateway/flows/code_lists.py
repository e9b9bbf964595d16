"""Code lists that the user loads: files of the settings' folder, one a list, named as the list is.

A list that is not public comes in by no other way. A loaded list may take the place of a shipped one as well; whatever is
said by it names its file and digest.
"""

import hashlib
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from ecegateway.errors import ConfigError, IntakeError
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import Code, CodeList, CodeLists, Status
from ecegateway.model.child import Code as CodeText
from ecegateway.reading import read_csv

CSV_COLUMNS = ("code", "label", "valid_from", "valid_to")
MAX_BYTES = 2_000_000
_Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]


class _Row(BaseModel):
    """One code of a loaded list."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    code: CodeText
    label: _Line
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


class _ListFile(BaseModel):
    """A loaded list: its codes, and where they are from."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    source: _Line
    read_on: date
    link: _Line | Literal[""] = ""
    title: _Line | None = None
    status: Literal["ministry", "statsnz-copy", "unconfirmed"] = "unconfirmed"
    complete: bool = True
    code: Annotated[tuple[_Row, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _no_day_twice(self) -> Self:
        spans = sorted((row.code, row.valid_from or date.min, row.valid_to or date.max) for row in self.code)
        for (code, _, ends), (following, starts, _) in pairwise(spans):
            if code == following and starts <= ends:
                raise ValueError(f"code {code} stands twice on one day; give each its days")
        return self


def code_lists(folder: Path) -> CodeLists:
    """Every code list: those that are shipped, and in their places those that lie in a folder. A missing folder is empty.

    Raises:
        ConfigError: a file there is no list of a known name, or cannot be read; the message says where and what to do.
    """
    found = sorted(path for path in folder.glob("*") if path.suffix in (".toml", ".csv")) if folder.is_dir() else []
    loaded: dict[str, CodeList] = {}
    for path in found:
        if path.stem not in shipped().names:
            known = ", ".join(shipped().names)
            raise ConfigError(f"{path}: there is no code list {path.stem!r}; name the file after the list it is: {known}")
        if path.stem in loaded:
            raise ConfigError(f"{path}: the list lies there twice, as TOML and as CSV; keep one of them")
        loaded[path.stem] = _load(path)
    return shipped().with_loaded(loaded.values())


def _load(path: Path) -> CodeList:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__})") from error
    if len(body) > MAX_BYTES:
        raise ConfigError(f"{path}: is larger than {MAX_BYTES:,} bytes; no code list is so long")
    values = _toml(path, body) if path.suffix == ".toml" else _csv(path, body)
    try:
        read = _ListFile.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{path}: {_complaint(fault)}" for fault in error.errors(include_input=False))) from None
    known = shipped()[path.stem]
    return CodeList(
        name=path.stem,
        title=read.title or known.title,
        status=Status(read.status),
        evidence="V1" if read.status == "ministry" else "V2",
        source=read.source,
        link=read.link,
        read_on=read.read_on,
        complete=read.complete,
        codes=tuple(Code(row.code, row.label, row.valid_from, row.valid_to) for row in read.code),
        digest=hashlib.sha256(body).hexdigest(),
        loaded_from=path.name,
    )


def _toml(path: Path, body: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: is not TOML in UTF-8: {error}") from None


def _csv(path: Path, body: bytes) -> dict[str, Any]:
    """The rows of a CSV. Lines ``# source: …`` and ``# read_on: …`` before the header say where the list is from."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8") from None
    lines = text.splitlines(keepends=True)
    said = [line for line in lines if line.startswith("#")]
    try:
        header, rows = read_csv("".join(lines[len(said) :]).encode())
    except IntakeError as error:
        raise ConfigError(f"{path}: {error}") from None
    if header != CSV_COLUMNS or None in rows:
        raise ConfigError(f"{path}: must have the columns {', '.join(CSV_COLUMNS)}, and a cell for each in every row")
    head = dict(line.lstrip("# ").strip().split(": ", 1) for line in said if ": " in line)
    return {**head, "code": [{name: cell for name, cell in row.items() if cell} for row in rows if row is not None]}


def _complaint(fault: Any) -> str:
    place = ".".join(str(step + 1) if isinstance(step, int) else str(step) for step in fault["loc"])
    said = str(fault["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    return f"{place or 'the file'}: {_FIXES.get(fault['type'], said)}"


_FIXES = {
    "missing": "is missing; say where the list is from (source) and on which day it was read (read_on)",
    "extra_forbidden": "is not known; check its spelling",
    "too_short": "must not be empty",
}
