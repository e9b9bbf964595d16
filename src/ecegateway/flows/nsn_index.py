"""The student index asked by its own way: searched, given a new record, followed in its merges. Every answer is kept."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol, TypeVar

from ecegateway import __version__
from ecegateway.contract import Answer, Feed, HttpGet
from ecegateway.errors import ConfigError, PluginContractError
from ecegateway.facts.types import ChildFacts
from ecegateway.flows.nsn import Kept, carried
from ecegateway.flows.nsn_desk import Desk, Roll, alone, digits, refuse
from ecegateway.flows.nsn_store import Heard, index_record, keep_step
from ecegateway.model.child import STUDENT_INDEX, StudentNumber
from ecegateway.nsn import may
from ecegateway.nsn.folding import for_search
from ecegateway.nsn.following import masters
from ecegateway.nsn.likeness import weighed
from ecegateway.nsn.standing import identity, number, others_with, sighted
from ecegateway.nsn.steps import Kind, NsnStep
from ecegateway.outbound import Candidate, Found, Identity, Merge, Reason, SendAnswer, SendAsk, StudentIndex

SCOPE_SWITCH = "child.search-enrolled-under-six"
MOST_PAGES = 1000
"""How many pages of merges are read at once; more is a loop."""
_MERGES = "merges"
_BY_NOTICE = "the student index, by a merge notice"

_Got = TypeVar("_Got")


class Errand(Protocol):
    """Runs a transport's generator to its end, with deadlines and all its trying again."""

    @property
    def answer(self) -> bytes:
        """The newest answer that held anything, as it came."""

    def run(self, step: str, begin: Callable[[], Generator[SendAsk, SendAnswer, _Got]], *kinds: type) -> _Got:
        """What the transport makes of the answers."""


@dataclass(frozen=True, slots=True)
class Index:
    """The student index, and how an errand to it is run."""

    index: StudentIndex
    errand: Callable[[], Errand]

    def search(self, who: Identity) -> tuple[Found, bytes]:
        """What a search gives, and the answer as it came."""
        errand = self.errand()
        return errand.run("search", lambda: self.index.search(for_search(who)), Found), errand.answer

    def add(self, who: Identity, document: str, key: str) -> tuple[Candidate | Found, bytes]:
        """The new record or why there is none, and the answer as it came."""
        errand = self.errand()
        return errand.run("add", lambda: self.index.add(who, document, key), Candidate, Found), errand.answer

    def merges(self, after: str | None) -> tuple[tuple[tuple[Merge, ...], str], bytes]:
        """Merges after a position and the position to go on from, and the answer as it came."""
        errand = self.errand()
        return errand.run("merges", lambda: self.index.merges(after), tuple), errand.answer


@alone
def search(desk: Desk, index: Index, child: str) -> Kept:
    """Search for a child and keep what the index gave; names are searched by plain letters.

    Raises:
        ConfigError: the index may not be searched; the message says why.
        NothingSentError: the index was not reached.
    """
    asked = Roll(desk).of(child)
    doubts = may.search_doubts(asked)
    scope = doubts if desk.policy[SCOPE_SWITCH] == "refuse" else ()
    refuse(asked.child.key, "searching the student index", (*may.against_search(asked), *scope))
    return Kept(_searched(desk, index, asked.child), doubts)


@alone
def create(desk: Desk, index: Index, child: str, why: str = "") -> Kept:
    """Make a new record for a child of whom a search, made once more right now, finds nothing like it.

    Raises:
        ConfigError: none may be made, or the index makes none; the message says why.
        AnswerLostError: the answer was lost; ask for it again: the same request makes no second record.
    """
    asked = Roll(desk).of(child)
    what = "creating a record"
    refuse(asked.child.key, what, may.against_creation(asked))
    refuse(asked.child.key, what, may.against_creation_after(_searched(desk, index, asked.child)))
    who, document = identity(asked.child), sighted(asked.child)
    assert who is not None
    assert document is not None
    step = NsnStep(
        desk.service,
        asked.child.key,
        Kind.CREATING,
        desk.by,
        desk.now,
        why,
        asked=who,
        document=document.document,
        sighted_on=document.on,
    )
    keep_step(desk.store, step)
    made, body = index.add(who, document.document, creation_key(step))
    heard = Heard("creations", "student-index/add", body)
    if isinstance(made, Found) or others_with(asked.facts, made.nsn, asked.child.key, desk.today):
        said = (
            made.reasons if isinstance(made, Found) else (Reason("", "another enrolled child of the service has this number"),)
        )
        near = weighed(who, made.candidates if isinstance(made, Found) else (made,))
        keep_step(desk.store, replace(step, kind=Kind.NOT_CREATED, said=said, candidates=near), heard)
        refuse(asked.child.key, what, tuple(f"{reason.code} {reason.says}".strip() for reason in said) or ("no reason given",))
    assert isinstance(made, Candidate)
    created = replace(step, kind=Kind.CREATED, nsn=digits(made.nsn), verification=made.verification)
    record = index_record(
        desk.service,
        created.child,
        nsn=created.nsn,
        verification=created.verification,
        document_sighted=created.document,
        document_sighted_on=created.sighted_on,
    )
    return Kept(keep_step(desk.store, created, heard, record), may.number_doubts(made.nsn))


def creation_key(step: NsnStep) -> str:
    """The key under which a record is asked for: the same for one child with one identity, however often it is tried."""
    who = step.asked
    assert who is not None
    parts = (step.service, step.child, who.family_name, *who.given_names, str(who.birth_date), who.gender)
    return sha256("\0".join(parts).encode()).hexdigest()


@alone
def follow_merges(desk: Desk, index: Index) -> tuple[NsnStep, ...]:
    """Read the merges since the last time, and give every child of the service whose number is no more its master's.

    A number that is followed is a new version of the record: what was stays, and what is made of it from now on has the new
    one. The position moves on once a page's merges are followed, so that breaking off anywhere loses none.

    Raises:
        NothingSentError: the index was not reached.
        PluginContractError: its notices do not end.
    """
    position = desk.store.cursor(STUDENT_INDEX, desk.service, _MERGES)
    followed: list[NsnStep] = []
    for _ in range(MOST_PAGES):
        (merges, after), body = index.merges(position)
        followed += _follow(desk, merges, Heard(_MERGES, "student-index/merges", body))
        if after == position:
            return tuple(followed)
        _move(desk, after, body)
        position = after
        if not merges:
            return tuple(followed)
    raise PluginContractError(f"the student index's merges do not end after {MOST_PAGES} pages; tell the transport's maker")


def _searched(desk: Desk, index: Index, child: ChildFacts) -> NsnStep:
    who = identity(child)
    if who is None:
        raise ConfigError(f"child {child.key}: the names, birth date and gender are not on record")
    found, body = index.search(who)
    document = sighted(child)
    step = NsnStep(
        desk.service,
        child.key,
        Kind.SEARCHED,
        desk.by,
        desk.now,
        asked=who,
        candidates=weighed(who, found.candidates),
        said=found.reasons,
        document=document.document if document is not None else None,
        sighted_on=document.on if document is not None else None,
    )
    return keep_step(desk.store, step, Heard("searches", "student-index/search", body))


def _follow(desk: Desk, merges: tuple[Merge, ...], heard: Heard) -> list[NsnStep]:
    stands = masters(merges)
    if not stands:
        return []
    followed = []
    for child in Roll(desk).facts.children:
        old = number(child)
        if old is None or old not in stands:
            continue
        step = NsnStep(
            desk.service, child.key, Kind.MERGED, desk.by, desk.now, _BY_NOTICE, nsn=digits(stands[old]), replaces=old
        )
        followed.append(keep_step(desk.store, step, heard, _merged(desk, child, step)))
    return followed


def _merged(desk: Desk, child: ChildFacts, step: NsnStep) -> StudentNumber:
    return index_record(desk.service, child.key, **{**carried(child), "nsn": step.nsn, "replaces": step.replaces})


def _move(desk: Desk, position: str, body: bytes) -> None:
    pull = desk.store.begin_pull(STUDENT_INDEX, STUDENT_INDEX, __version__, frozenset(), desk.now)
    with desk.store.transaction() as writing:
        feed = Feed(_MERGES, desk.service, frozenset({StudentNumber.stream}))
        answer = Answer(HttpGet("student-index/merges"), body, "student-index/merges", "application/json")
        receipt = writing.keep(pull, feed, answer, desk.now)
        writing.move_cursor(STUDENT_INDEX, desk.service, _MERGES, position, receipt)
    desk.store.end_pull(pull, "finished", "", {}, desk.now)
