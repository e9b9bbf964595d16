"""How a check of a return is declared, so that it stands in the catalogue beside the rules and the claim's own reasons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.citation import Citation
from ecegateway.model.claim import Claim
from ecegateway.model.deadlines import ReturnWindow
from ecegateway.model.finding import Example, RuleText
from ecegateway.model.ids import RuleId
from ecegateway.model.return_check import Place, ReturnCheck, Sure, Weight
from ecegateway.model.rs7 import Column, Rs7Return
from ecegateway.model.service import ServiceProfile

_DOES = {
    Weight.ERROR: "Nothing of the claim; the return cannot be signed until it is put right.",
    Weight.WARNING: "Nothing; the return can be signed all the same.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What every check is asked about: a return, the service's facts, and what else is known of the period.

    ``before`` is the return this one would take the place of, the newest made before it. ``on`` is the day of asking, ``None``
    where nobody asks about deadlines. ``claim`` is the one the return was made from, where it is at hand.
    """

    made: Rs7Return
    facts: ServiceFacts
    before: Rs7Return | None
    window: ReturnWindow
    on: date | None
    claim: Claim | None

    @property
    def profile(self) -> ServiceProfile:
        """The licence as it stands at the end of the period."""
        return self.facts.profile(self.made.period.days.last)

    def reads(self, switch: str) -> str | None:
        """How the return reads a policy switch; ``None`` when it does not say."""
        return next((one.value for one in self.made.switches if one.switch == switch), None)


@dataclass(frozen=True, slots=True)
class Objection:
    """What a check's function yields: where, and what fills the message; a weight only where it differs from the check's."""

    place: Place = field(default_factory=Place)
    parameters: tuple[tuple[str, str], ...] = ()
    weight: Weight | None = None


Check = Callable[[Asked], Iterator[Objection]]


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """A check in full: its words, how sure it is, the switch that bears on it, and its function."""

    text: RuleText
    switch: str | None
    citation: Citation
    weight: Weight
    sure: Sure
    check: Check

    def asked(self, asked: Asked) -> Iterator[ReturnCheck]:
        """Every objection to the return, in words."""
        text = self.text
        for found in self.check(asked):
            what = text.say(found.parameters)
            weight = found.weight or self.weight
            yield ReturnCheck(text.rule, text.title, weight, what, text.why, text.fix, text.cites, self.sure, found.place)


def return_rule(
    rule: str,
    title: str,
    *,
    message: str,
    why: str,
    fix: str,
    cites: Citation,
    weight: Weight,
    sure: Sure,
    condition: str,
    examples: tuple[Example, ...],
    switch: str | None = None,
    version: int = 1,
) -> Callable[[Check], ReturnRule]:
    """Declares a check of a return; one that decides otherwise than before has the next ``version``."""
    text = RuleText(
        RuleId(rule), title, version, message, why, fix, str(cites), weight, _DOES[weight], condition, examples, sure
    )
    return lambda check: ReturnRule(text, switch, cites, weight, sure, check)


def at(day: date, column: Column | None = None) -> Place:
    """A day of the daily table, or one figure of it."""
    return Place(day=day, column=None if column is None else column.value)
