"""The smallest source there is, and its vendor: pages of notes, numbered from 0."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from ecegateway import hookimpl
from ecegateway.contract import (
    Answer,
    Ask,
    Deletion,
    Draft,
    Feed,
    HttpGet,
    Item,
    OAuth2ClientCredentials,
    Page,
    Refusal,
    RegisterSource,
    Source,
    SourceDescription,
)
from ecegateway.errors import IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.plugins import Plugins
from ecegateway.reading import read_json
from tests.support.faults import Request, Response

SERVICE = ServiceNumber("10842")


@dataclass
class TinyVendor:
    """Holds rows, and gives them in pages of ``size``. Tokens last for ``token_uses`` requests."""

    rows: list[dict[str, Any]]
    size: int = 5
    counted: bool = True
    token_uses: int = 1000
    tokens: int = 0
    uses: int = 0
    empty_once: set[int] = field(default_factory=set)
    loop_to: dict[int, int] = field(default_factory=dict)
    repeat: dict[int, int] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        if request.path == "/token":
            self.tokens += 1
            self.uses = 0
            return Response(orjson.dumps({"access_token": f"token-{self.tokens}", "expires_in": 3600}))
        self.uses += 1
        if "authorization" in request.headers and (
            request.headers["authorization"] != f"Bearer token-{self.tokens}" or self.uses > self.token_uses
        ):
            return Response(b"{}", 401)
        page = int(request.params["page"])
        return Response(self.page(page))

    def page(self, page: int) -> bytes:
        shown = self.repeat.get(page, page)
        rows = self.rows[shown * self.size : (shown + 1) * self.size]
        more = (shown + 1) * self.size < len(self.rows)
        body: dict[str, Any] = {"rows": rows, "next": self.loop_to.get(page, shown + 1 if more else None)}
        if self.counted:
            body["count"] = len(rows)
        if page in self.empty_once:
            self.empty_once.discard(page)
            body["rows"] = []
        return orjson.dumps(body)


def note(number: int, text: str = "Karakia at noon", service: str = SERVICE) -> dict[str, Any]:
    return {"key": f"n{number}", "service": service, "text": text, "day": "2026-02-03"}


@dataclass(frozen=True)
class TinySource:
    snapshot: bool = False

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        return [Feed("notes", service, frozenset({"note"}), snapshot=self.snapshot) for service in services]

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        place: str | None = cursor or "0"
        while place is not None:
            page = yield HttpGet(f"/{feed.service}/notes", (("page", place),))
            place = page.follow

    def read(self, feed: Feed, answer: Answer) -> Page:
        del feed
        body = read_json(answer.body)
        if not isinstance(body, dict) or not isinstance(body.get("rows"), list):
            raise IntakeError("expected an object with rows")
        assert isinstance(answer.ask, HttpGet)
        follow = None if body["next"] is None else str(body["next"])
        items = [_item(row, number) for number, row in enumerate(body["rows"], 1)]
        return Page(items, follow or answer.ask.params[0][1], body.get("count"), follow=follow)


def _item(row: dict[str, Any], number: int) -> Item:
    if "gone" in row:
        return Deletion("note", row["gone"], number)
    if "garbled" in row:
        return Refusal(number, "Text", "the row is garbled")
    return Draft("note", row, number)


@dataclass(frozen=True, eq=False)
class TinyPlugin:
    """``source`` may be replaced, to misbehave."""

    authentication: OAuth2ClientCredentials | None = None
    source: Source | None = None

    @property
    def description(self) -> SourceDescription:
        return SourceDescription(
            plugin="tiny",
            title="Tiny",
            version="1.0",
            streams=frozenset({"note"}),
            facts=frozenset(),
            authentication=self.authentication,
            columns={"note": {"text": "Text of note"}},
        )

    def create(self, settings: Mapping[str, Any]) -> Source:
        return self.source or TinySource(snapshot=bool(settings.get("snapshot")))


@dataclass(frozen=True, eq=False)
class _Pack:
    source: TinyPlugin

    @hookimpl
    def ecegateway_register_sources(self, register: RegisterSource) -> None:
        register(self.source)


def plugins_with(source: TinyPlugin) -> Plugins:
    plugins = Plugins()
    plugins.register(_Pack(source), name="tiny", origin="tests")
    return plugins
