"""Two invented services in one store: what each one's claim says, as the gateway makes it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from ecegateway.claim.assemble import days_to_judge
from ecegateway.evidence.record import ServiceEvidence, Version
from ecegateway.facts.elsewhere import Companions, Presence, roll, shared
from ecegateway.facts.fold import fold
from ecegateway.flows.claim import Prepared, from_evidence
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.finding import Finding
from ecegateway.model.ids import ServiceNumber, SourceName, evidence_id
from ecegateway.model.record import Record
from ecegateway.model.service import ServiceProfile
from ecegateway.rules.across.presence import presence
from ecegateway.rules.registry import question
from tests.support.records import EVERY_FACT, NO_SWITCHES, PERIOD, SERVICE, SOURCE, Switches, profile, staffed, versions

OTHER = ServiceNumber("10843")


def at_other(records: Iterable[Record]) -> list[Record]:
    """The same records, of the other service."""
    return [record.model_copy(update={"service": OTHER}) for record in records]


def stored(
    service: ServiceNumber,
    records: Iterable[Record],
    source: SourceName = SOURCE,
    received: datetime = datetime(2026, 6, 2, tzinfo=UTC),
) -> ServiceEvidence:
    """The evidence of one service, all from one source."""
    found = tuple(_at(service, version) for version in versions(records, source=source, received=received))
    return ServiceEvidence(service, max(version.received_at for version in found), found, {source: EVERY_FACT})


def _at(service: ServiceNumber, version: Version) -> Version:
    name = evidence_id(version.source, service, version.stream, version.key, version.version)
    return replace(version, id=name, service=service)


def claims(*evidence: ServiceEvidence, switches: Switches = NO_SWITCHES) -> Mapping[ServiceNumber, Prepared]:
    """The claim of each service, with what the others say."""
    among = shared((one.service, roll(one)) for one in evidence)
    by_service = {one.service: one for one in evidence}
    readings = policy(switches)

    def presence_of(one: ServiceEvidence, companions: Companions) -> Presence:
        days = days_to_judge(PERIOD)
        return presence(question(fold(one, days), days, readings, handbook()), companions, one.known_at)

    made = {}
    for one in evidence:
        others = tuple(presence_of(by_service[other], found) for other, found in among.companions(one.service).items())
        made[one.service] = from_evidence(one, PERIOD, readings, others=others)
    return made


def both(
    here: Iterable[Record],
    there: Iterable[Record],
    *,
    switches: Switches = NO_SWITCHES,
    source: SourceName = SOURCE,
    licence: ServiceProfile | None = None,
) -> tuple[Prepared, Prepared]:
    """The claims of two staffed all-day services; ``source`` and ``licence`` are the other's, where they differ."""
    other = licence or profile()
    one = stored(SERVICE, [profile(), *staffed(), *here])
    two = stored(OTHER, at_other([other, *there]), source)
    made = claims(one, two, switches=switches)
    return made[SERVICE], made[OTHER]


def of_rule(made: Prepared, rule: str) -> list[Finding]:
    """What one rule found in a claim."""
    return [finding for finding in made.claim.findings if finding.rule == rule]
