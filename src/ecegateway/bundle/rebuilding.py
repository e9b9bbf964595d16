"""From proved rows back to a service's evidence: what :mod:`ecegateway.evidence.history` reads from a store, read from proofs.

Documents come one after the other, and of each only its records are kept.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ecegateway.errors import EvidenceError
from ecegateway.evidence.history import parse_records, read_facts
from ecegateway.evidence.record import STATES, ServiceEvidence, SetApart, State, Version
from ecegateway.model.ids import ServiceNumber, SourceName, evidence_id
from ecegateway.model.record import Record
from ecegateway.proof.document import ProofDocument
from ecegateway.proof.record import RecordProof

Rows = Mapping[tuple[str, Any], RecordProof]
_Record = tuple[str, str, str]
"""Source, stream and key."""


class Rebuilding:
    """Gathers a service's evidence. What it is given has been proved; it may still be too little."""

    def __init__(self, service: ServiceNumber) -> None:
        self._service = service
        self._versions: dict[int, Version] = {}
        self._pulls: dict[SourceName, tuple[int, str]] = {}
        self._apart: dict[int, SetApart] = {}
        self._numbers: defaultdict[_Record, set[int]] = defaultdict(set)
        self._erased: set[str] = set()

    def add(self, document: ProofDocument) -> None:
        """Take in a document.

        Raises:
            ValueError: its rows do not fit together, or are of another service.
        """
        rows: Rows = {(one.table, one.row): one for one in document.records}
        try:
            self._take_versions(rows)
            self._take_sources(rows)
        except (LookupError, TypeError, ValueError, EvidenceError) as error:
            why = f"({error})" if isinstance(error, _StrangeError) else f"({type(error).__name__})"
            raise ValueError(f"holds rows that do not fit together {why}") from error

    def evidence(self) -> ServiceEvidence:
        """The evidence, known as at the moment its newest part came.

        Raises:
            ValueError: there is no version of any record.
        """
        versions = tuple(self._versions[seq] for seq in sorted(self._versions))
        if not versions:
            raise ValueError("holds no version of any record")
        apart = tuple(self._apart[number] for number in sorted(self._apart))
        known_at = max((*(one.received_at for one in versions), *(one.received_at for one in apart)))
        sources = {version.source for version in versions} | self._pulls.keys()
        facts = {source: read_facts(self._pulls[source][1]) for source in sorted(sources) if source in self._pulls}
        return ServiceEvidence(self._service, known_at, versions, facts, apart)

    def missing(self) -> Iterator[str]:
        """Versions that must have been there before others, and are not here."""
        gaps = [
            f"{source}/{self._service}/{stream}/{key}@{number}"
            for (source, stream, key), numbers in sorted(self._numbers.items())
            for number in range(1, max(numbers))
            if number not in numbers
        ]
        if len(gaps) > len(self._erased):
            yield from gaps

    @property
    def numbers(self) -> tuple[int, int]:
        """How many record versions are here, and the highest number one has in the store, which counts every service's."""
        return len(self._versions), max(self._versions, default=0)

    def _take_versions(self, rows: Rows) -> None:
        found: defaultdict[str, list[tuple[RecordProof, str]]] = defaultdict(list)
        for (table, _), proof in rows.items():
            if table == "record_version":
                series = rows["series", proof.columns["series_id"]].columns
                if series["service"] != self._service:
                    raise _StrangeError(f"of service {series['service']}")
                content = proof.content or ""
                if (proof.columns["state"] == State.PRESENT) != bool(content):
                    raise _StrangeError("a record without its content")
                found[str(series["stream"])].append((proof, content))
        for stream, proofs in found.items():
            contents = [content for _, content in proofs if content]
            records: Iterator[Record] = iter(parse_records(stream, contents))
            for proof, content in proofs:
                self._keep(rows, proof, next(records) if content else None)

    def _keep(self, rows: Rows, proof: RecordProof, record: Record | None) -> None:
        said: Mapping[str, Any] = proof.columns
        series: Mapping[str, Any] = rows["series", said["series_id"]].columns
        receipt: Mapping[str, Any] = rows["receipt", said["receipt_id"]].columns
        source, stream, key, number = SourceName(series["source"]), series["stream"], said["key"], said["version"]
        if said["seq"] in self._versions or number in self._numbers[source, stream, key]:
            raise _StrangeError("a version that stands twice")
        self._numbers[source, stream, key].add(number)
        self._versions[said["seq"]] = Version(
            id=evidence_id(source, self._service, stream, key, number),
            source=source,
            key_space=SourceName(series["key_space"]),
            service=self._service,
            stream=stream,
            key=key,
            version=number,
            state=STATES[said["state"]],
            record=record,
            digest=bytes.fromhex(said["digest"]),
            received_at=datetime.fromisoformat(receipt["received_at"]),
        )

    def _take_sources(self, rows: Rows) -> None:
        for (table, number), proof in rows.items():
            said: Mapping[str, Any] = proof.columns
            if table == "pull":
                source = SourceName(said["source"])
                self._pulls[source] = max((number, said["facts"]), self._pulls.get(source, (0, "[]")))
            elif table == "quarantine":
                receipt: Mapping[str, Any] = rows["receipt", said["receipt_id"]].columns
                pull: Mapping[str, Any] = rows["pull", receipt["pull_id"]].columns
                came = datetime.fromisoformat(receipt["received_at"])
                self._apart[number] = SetApart(number, SourceName(pull["source"]), said["stream"], came)
            elif table == "erasure" and said["of_table"] == "record_version":
                self._erased.add(said["of_row"])


class _StrangeError(ValueError):
    """Rows that do not fit together, in words."""
