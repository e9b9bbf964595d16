"""Tokens by which a program calls the interface in a person's name: given out once, told again by nobody."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from ecegateway.errors import AccessError, ConfigError
from ecegateway.evidence import tokens as kept
from ecegateway.evidence.record import Ending
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.tokens import KeptToken, NewToken
from ecegateway.model.ids import ServiceNumber

_PREFIX = "ecegateway_"
"""By which a token that was left lying somewhere is known for one."""
_BYTES = 32


class Scope(StrEnum):
    """What a token lets its holder do. Each of them lets read what it is about."""

    READ = "read"
    """Services, claims, findings, explanations, returns, events and the list of student numbers."""
    PREPARE = "prepare"
    """Make, check and attest returns, withdraw them, and record what the Ministry said."""
    AUTHORISE = "authorise"
    """Sign returns and hand them over."""
    EVENTS = "events"
    """Queue and send events, and confirm months."""
    NUMBERS = "numbers"
    """Search for student numbers and decide about them."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the person a token stands for, what it may do, and for which services (none named: all)."""

    token: int
    person: str
    scopes: frozenset[Scope]
    services: frozenset[ServiceNumber]

    def may_see(self, service: ServiceNumber) -> bool:
        """Whether a service's records are this caller's to see."""
        return not self.services or service in self.services


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token that is wanted."""

    name: str
    person: str
    scopes: Collection[Scope]
    services: Collection[ServiceNumber] = ()
    until: date | None = None


def issue(evidence: Evidence, wanted: Wanted, *, by: str, at: datetime) -> tuple[int, str]:
    """Make a token; gives its number and the token itself, which is kept nowhere.

    Raises:
        ConfigError: a name is missing, or it would let nobody do anything.
    """
    for what, word in (("a name for the token", wanted.name), ("whose it is", wanted.person), ("who gives it out", by)):
        if not word.strip():
            raise ConfigError(f"say {what}; every token is somebody's")
    if not wanted.scopes:
        raise ConfigError(f"a token without a scope lets nobody do anything; give one or more of: {', '.join(Scope)}")
    token = _PREFIX + secrets.token_urlsafe(_BYTES)
    new = NewToken(
        name=wanted.name,
        person=wanted.person,
        digest=_digest(token),
        scopes=tuple(sorted(set(wanted.scopes))),
        services=tuple(sorted(set(wanted.services))),
        until=wanted.until,
        by=by,
        at=at,
    )
    with evidence.adding() as adding:
        return kept.add_token(adding, new), token


def revoke(evidence: Evidence, number: int, *, by: str, why: str, at: datetime) -> None:
    """Keep a person's word that a token counts no longer.

    Raises:
        EvidenceMissingError: there is none of this number, or it was ended already.
    """
    with evidence.adding() as adding:
        kept.end_token(adding, number, Ending(by, why, at))


def all_tokens(evidence: Evidence) -> tuple[KeptToken, ...]:
    """Every token, oldest first, those that count no longer too."""
    with evidence.inspecting() as connection:
        return kept.tokens(connection)


def caller(evidence: Evidence, token: str, today: date) -> Caller:
    """Who a token stands for.

    Raises:
        AccessError: it was never given out, was ended, or its time is over; which of them is not said.
    """
    with evidence.inspecting() as connection:
        found = kept.token_of(connection, _digest(token))
    if found is None or found.end is not None or (found.until is not None and today > found.until):
        raise AccessError("the token does not count: it is unknown, ended or over; ask the service for another")
    return Caller(found.id, found.person, frozenset(map(Scope, found.scopes)), frozenset(found.services))


def _digest(token: str) -> bytes:
    """By which a token is found. It is chance of 32 bytes, so a plain digest of it tells nobody the token."""
    return sha256(token.encode()).digest()
