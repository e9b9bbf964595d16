"""What there is to say of one rule, on the terminal and on its page alike: its words, its law, the switch that bears on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ecegateway.claim.catalogue import CATALOGUE, CITATIONS, SWITCHES
from ecegateway.export.rs7_words import SURE
from ecegateway.handbook.citation import instruments
from ecegateway.handbook.policy import Switch, switches
from ecegateway.model.finding import RuleText, Severity
from ecegateway.model.ids import RuleId
from ecegateway.model.return_check import Weight

WEIGHTS: Mapping[Severity | Weight, str] = {
    Severity.HOLDS: "holds hours back",
    Severity.WARNS: "warns",
    Severity.INFORMS: "informs",
    Weight.ERROR: "stops the signing of a return",
    Weight.WARNING: "warns before the signing of a return",
}
_A_REASON = "none, a reason of the claim itself"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rule with the edition it was written from and the policy switch that bears on it, if one does."""

    text: RuleText
    edition: str
    switch: Switch | None

    @property
    def severity(self) -> str:
        """How much the rule weighs, in words."""
        return WEIGHTS[self.text.severity] if self.text.severity is not None else _A_REASON

    def facts(self) -> Iterator[tuple[str, str]]:
        """What fits into a line: id, version, section, edition, severity."""
        yield "id", self.text.rule
        yield "version", str(self.text.version)
        yield "section", self.text.cites
        yield "edition", self.edition
        yield "severity", self.severity
        if self.text.sure is not None:
            yield "how sure", SURE[self.text.sure]

    def sections(self) -> Iterator[tuple[str, str]]:
        """What takes a sentence or more, each under its heading; what is not said has no heading."""
        text = self.text
        hours = "What it holds back" if text.severity is not None else "What it does to hours"
        said = (
            (hours, text.holds),
            ("Message", text.message),
            ("Why it exists", text.why),
            ("The exact condition", text.condition),
            ("How to put it right", text.fix),
        )
        yield from ((heading, words) for heading, words in said if words)

    def examples(self, *, found: bool) -> tuple[str, ...]:
        """The cases in which the rule finds something, or those in which it does not."""
        return tuple(example.text for example in self.text.examples if example.found is found)


def sheet(rule: RuleId) -> Sheet:
    """The sheet of a rule in the catalogue."""
    citation, switch = CITATIONS[rule], SWITCHES.get(rule)
    edition = instruments()[citation.instrument].edition
    return Sheet(CATALOGUE[rule], edition, switches()[switch] if switch is not None else None)
