"""Keeps what was decided about student numbers: the step, the bytes it rests on, and the number as a record like any other.

The record is of a built-in source, one for each source whose keys the children have: ``student-index.kowhai`` beside
``kowhai``. No configured source can have such a name. So facts, rules and claims read it as they read a vendor's.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ecegateway import __version__
from ecegateway.contract import Answer, Fact, Feed, HttpGet
from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.nsn_steps import NsnRow, add_nsn_step, nsn_rows
from ecegateway.evidence.record import Series, State
from ecegateway.evidence.small_json import json_text
from ecegateway.evidence.store import Evidence
from ecegateway.intake.accept import Statement
from ecegateway.intake.diff import difference
from ecegateway.model.child import STUDENT_INDEX, StudentNumber
from ecegateway.model.ids import ChildKey, RecordKey, ServiceNumber, SourceName
from ecegateway.model.nsn_request import NsnWay
from ecegateway.nsn.steps import NsnStep, content_of, read_step
from ecegateway.nsn.way import way

_SHOWS = frozenset({Fact.DOCUMENT_SIGHTED})


@dataclass(frozen=True, slots=True)
class Heard:
    """What a step rests on: bytes from the index, or a person's word. ``path`` is what was asked, ``feed`` names the kind."""

    feed: str
    path: str
    body: bytes
    media_type: str = "application/json"


def index_source(child: ChildKey) -> SourceName:
    """The built-in source of a child's number."""
    return SourceName(f"{STUDENT_INDEX}.{_space(child)}")


def index_record(service: ServiceNumber, child: ChildKey, **said: object) -> StudentNumber:
    """A number as a record of the built-in source: one for each child."""
    key = child.partition(":")[2]
    return StudentNumber.model_validate({"service": service, "key": RecordKey(key), "child": key, **said})


def steps_of(
    store: Evidence, service: ServiceNumber, known_at: datetime | None = None
) -> Mapping[ChildKey, tuple[NsnStep, ...]]:
    """All steps of a service, by child, oldest first."""
    found: defaultdict[ChildKey, list[NsnStep]] = defaultdict(list)
    with store.inspecting() as connection:
        rows = nsn_rows(connection, service, known_at)
    for row in rows:
        found[row.child].append(read_step(row.service, row.child, row.step, row.by, row.at, row.content))
    return {child: tuple(steps) for child, steps in found.items()}


def ways_of(store: Evidence, service: ServiceNumber, known_at: datetime | None = None) -> Mapping[ChildKey, NsnWay]:
    """How far each child's way has come, as known at a moment."""
    return {child: way(steps) for child, steps in steps_of(store, service, known_at).items()}


def keep_step(store: Evidence, step: NsnStep, heard: Heard | None = None, record: StudentNumber | None = None) -> NsnStep:
    """Keep a step with the bytes it rests on and, where it gives a number or a document, the record of it, all or nothing.

    Without ``heard``, the step itself is the word that was heard. A record that says nothing new is not stored again.
    """
    heard = heard or Heard("decisions", step.kind.value, json_text(content_of(step)).encode())
    source = index_source(step.child)
    pull = store.begin_pull(source, STUDENT_INDEX, __version__, _SHOWS, step.at)
    stored = 0
    with store.transaction() as writing:
        feed = Feed(heard.feed, step.service, frozenset({StudentNumber.stream}))
        answer = Answer(HttpGet(heard.path), heard.body, heard.path, heard.media_type)
        receipt = writing.keep(pull, feed, answer, step.at)
        if record is not None:
            series = writing.series(Series(source, step.service, record.stream, _space(step.child)))
            stated = Statement(record.key, State.PRESENT, *canonical(record))
            new = difference([stated], writing.current(series, [record.key])).versions
            writing.append(series, receipt, new)
            stored = len(new)
        kept = replace(step, receipt=receipt)
        row = NsnRow(kept.service, kept.child, kept.kind.value, kept.by, kept.at, content_of(kept))
        add_nsn_step(writing.appending, row)
    store.end_pull(pull, "finished", "", {"stored": stored}, step.at)
    return kept


def _space(child: ChildKey) -> SourceName:
    return SourceName(child.partition(":")[0])
