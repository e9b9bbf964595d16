"""Errors as problem details (RFC 9457): what happened, and what to do next; never what a caller sent, never a person's name."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from ecegateway.errors import (
    AccessError,
    ConfigError,
    DeliveryError,
    DeliveryRefusedError,
    EceGatewayError,
    EvidenceError,
    EvidenceMissingError,
    ExportError,
    ForbiddenError,
    HandbookError,
    IntakeError,
    IntegrityError,
    PluginError,
    ReturnError,
    SourceError,
)

MEDIA_TYPE = "application/problem+json"
_NOT_SO = 405
"""The status of a path that is there, asked in a way that is not."""
_URN = "urn:ecegateway:problem:"


class Flaw(BaseModel):
    """One thing that is wrong with a request: where, and what."""

    where: str
    what: str


class Problem(BaseModel):
    """A problem detail. ``type`` is for programs, ``detail`` says what to do next, ``flaws`` what is wrong with a request."""

    type: str
    title: str
    status: int
    detail: str
    flaws: list[Flaw] = []


_KINDS: tuple[tuple[type[EceGatewayError], int, str, str], ...] = (
    (ForbiddenError, 403, "forbidden", "The token does not allow this"),
    (AccessError, 401, "no-access", "No token that counts"),
    (EvidenceMissingError, 404, "not-there", "The store does not hold this"),
    (ReturnError, 409, "step-refused", "The return may not take this step as it stands"),
    (DeliveryRefusedError, 409, "delivery-refused", "Nothing was handed over"),
    (DeliveryError, 502, "not-reached", "The other side was not reached"),
    (ConfigError, 409, "refused", "What was asked does not fit what is on record"),
    (IntakeError, 422, "unreadable", "What was sent cannot be kept"),
    (HandbookError, 422, "not-in-force", "The law does not answer for these days"),
    (ExportError, 422, "not-valid", "What was asked cannot be written as a valid file"),
    (IntegrityError, 500, "not-to-be-trusted", "The store is not to be trusted"),
    (EvidenceError, 503, "store", "The store refuses"),
    (PluginError, 502, "plugin", "A plugin is at fault"),
    (SourceError, 502, "other-side", "The other side went wrong"),
)
"""From the narrower kind to the wider: the first that fits counts."""

STATUSES: Mapping[int, str] = MappingProxyType(
    {
        400: "What was sent cannot be read at all",
        401: "No token that counts",
        403: "The token does not allow this",
        404: "The store does not hold this",
        409: "It does not fit what is on record",
        422: "The request, or what it asks for, is not valid",
        500: "A fault of the gateway, or a store that is not to be trusted",
        502: "The other side, or a plugin, went wrong",
        503: "The store refuses",
    }
)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses as an operation documents them."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": STATUSES[status], "content": content} for status in statuses}


def answer_with_problems(app: FastAPI) -> None:
    """Have every error of an app answered as a problem detail."""

    @app.exception_handler(EceGatewayError)
    def known(_: Request, error: EceGatewayError) -> JSONResponse:
        for kind, status, name, title in _KINDS:
            if isinstance(error, kind):
                return _response(Problem(type=_URN + name, title=title, status=status, detail=str(error)))
        return _fault()

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        flaws = [Flaw(where=".".join(map(str, one["loc"])), what=one["msg"]) for one in error.errors()]
        title, detail = "The request is not valid", "put right what the flaws name, and ask again"
        return _response(Problem(type=_URN + "request", title=title, status=422, detail=detail, flaws=flaws))

    @app.exception_handler(HTTPException)
    def plain(request: Request, error: HTTPException) -> JSONResponse:
        detail = "see /openapi.json for what may be asked"
        found = Problem(type="about:blank", title=str(error.detail), status=error.status_code, detail=detail)
        headers = {"allow": _methods(app, request.url.path)} if error.status_code == _NOT_SO else error.headers
        return _response(found, headers)

    @app.exception_handler(Exception)
    def unknown(_: Request, __: Exception) -> JSONResponse:
        return _fault()


def _methods(app: FastAPI, path: str) -> str:
    """What may be done with a path; one may have several operations, each a route of its own."""
    found = {
        method.upper()
        for template, operations in app.openapi()["paths"].items()
        if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", template), path)
        for method in operations
    }
    return ", ".join(sorted(found))


def _fault() -> JSONResponse:
    detail = "nothing more is said here; the log of the gateway has the place"
    return _response(Problem(type=_URN + "fault", title="A fault of the gateway", status=500, detail=detail))


def _response(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    needed = {"www-authenticate": "Bearer"} if problem.status == 401 else {}  # noqa: PLR2004 - the status that asks for a token
    return JSONResponse(
        problem.model_dump(), status_code=problem.status, media_type=MEDIA_TYPE, headers={**needed, **(headers or {})}
    )
