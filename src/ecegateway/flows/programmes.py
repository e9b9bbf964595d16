"""Asks the programmes of plugins for their findings, each under guard. They see the facts and decide no funding."""

from collections.abc import Iterable
from dataclasses import dataclass

from ecegateway.contract import Programme
from ecegateway.errors import PluginContractError
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.finding import Finding, RuleText
from ecegateway.model.period import DateRange


@dataclass(frozen=True, slots=True)
class ProgrammeFindings:
    """What the programmes found, their rules in words, and which programmes failed and why."""

    findings: tuple[Finding, ...]
    rules: tuple[RuleText, ...]
    failures: tuple[str, ...]


def ask_programmes(programmes: Iterable[Programme], facts: ServiceFacts, days: DateRange) -> ProgrammeFindings:
    """The findings of every programme that keeps the contract; one that fails is named, and the others stand."""
    findings: list[Finding] = []
    rules: list[RuleText] = []
    failures: list[str] = []
    for programme in programmes:
        try:
            found = _ask(programme, facts, days)
        except PluginContractError as error:
            failures.append(f"programme {programme.name!r}: {error}")
        else:
            findings += found
            rules += programme.rules
    return ProgrammeFindings(tuple(findings), tuple(rules), tuple(failures))


def _ask(programme: Programme, facts: ServiceFacts, days: DateRange) -> list[Finding]:
    try:
        found = list(programme.assess(facts, days))
    except Exception as error:
        raise PluginContractError(f"it broke off with {type(error).__name__}; tell its author") from error
    known = {text.rule for text in programme.rules}
    for finding in found:
        if finding.rule not in known:
            raise PluginContractError(f"its finding names rule {finding.rule!r}, which it brings no words for")
        if finding.holds:
            raise PluginContractError(f"rule {finding.rule!r} would hold hours back; only the Handbook's rules may")
    return found
