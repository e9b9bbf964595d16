"""How a request comes in: its token looked up, the gateway opened for it, and what it stored signed before it is answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.params import Depends as Dependency
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ecegateway.bootstrap import Gateway, open_gateway
from ecegateway.errors import AccessError, ForbiddenError
from ecegateway.flows.tokens import Caller, Scope, caller
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import local_day
from ecegateway.plugins import Plugins

_WELLINGTON = "Pacific/Auckland"
_BEARER = HTTPBearer(auto_error=False, description="A token as `ecegateway tokens add` gives it out.")


@dataclass(frozen=True, slots=True)
class Host:
    """What every request is answered with: the settings, the plugins, and the clock."""

    settings: Path
    plugins: Plugins
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Entry:
    """One request: who asks, and the gateway opened for it."""

    caller: Caller
    gateway: Gateway
    now: Callable[[], datetime]

    @property
    def today(self) -> date:
        """Today by New Zealand's calendar."""
        return local_day(self.now(), _WELLINGTON)

    def service(self, number: str) -> ServiceNumber:
        """A service this caller may ask about.

        Raises:
            ForbiddenError: it is another's.
        """
        found = ServiceNumber(number)
        if not self.caller.may_see(found):
            raise ForbiddenError("the token is not for this service; ask the service for one")
        return found


def entry(scope: Scope) -> Dependency:
    """What an operation is given that needs a scope."""

    def enter(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
    ) -> Iterator[Entry]:
        host: Host = request.app.state.host
        if credentials is None:
            raise AccessError("give a token: Authorization: Bearer …; `ecegateway tokens add` makes one")
        with open_gateway(host.settings, plugins=host.plugins) as gateway:
            found = Entry(
                caller(gateway.evidence, credentials.credentials, local_day(host.now(), _WELLINGTON)), gateway, host.now
            )
            if scope not in found.caller.scopes:
                raise ForbiddenError(f"the token lacks the scope {scope.value!r}; ask the service for one that has it")
            yield found

    depends: Dependency = Depends(enter, scope="function")
    return depends


Reading = Annotated[Entry, entry(Scope.READ)]
Preparing = Annotated[Entry, entry(Scope.PREPARE)]
Authorising = Annotated[Entry, entry(Scope.AUTHORISE)]
Telling = Annotated[Entry, entry(Scope.EVENTS)]
Numbering = Annotated[Entry, entry(Scope.NUMBERS)]
"""What operations are given, by the scope they need."""
