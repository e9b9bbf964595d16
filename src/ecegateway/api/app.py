"""The app: every operation below ``/v1``, documented at ``/openapi.json``, errors as problem details."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ecegateway import __version__
from ecegateway.api import claims, events, numbers, returns
from ecegateway.api.entry import Host
from ecegateway.api.problems import Problem, answer_with_problems
from ecegateway.plugins import Plugins

_ABOUT = (
    "Claims, findings, returns, events and student numbers of early childhood services. Every step is its token's person's, "
    "and evidence. Formats are ELI-shaped, from public evidence, not Ministry-approved."
)


def create_app(settings: Path, plugins: Plugins, now: Callable[[], datetime]) -> FastAPI:
    """The interface over the gateway that a settings file describes."""
    app = FastAPI(title="ecegateway", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None)
    app.state.host = Host(settings, plugins, now)
    for routes in (claims.routes, returns.routes, events.routes, numbers.routes):
        app.include_router(routes, prefix="/v1")
    answer_with_problems(app)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign] # FastAPI's own way to extend its document
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The document of the interface, with the shape of problems in it."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        template = "#/components/schemas/{model}"
        made = Problem.model_json_schema(ref_template=template)
        document["components"]["schemas"] |= {**made.pop("$defs"), "Problem": made}
        app.openapi_schema = document
    return app.openapi_schema
