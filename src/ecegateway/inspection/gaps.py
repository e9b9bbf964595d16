"""What a pack lacks, told on its first page: what the records cannot show, what still waits, and what to look for on paper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ecegateway.contract import Exportable
from ecegateway.evidence.record import SetApart
from ecegateway.export.cause_lines import cause_lines
from ecegateway.export.words import clock, count, plain_day
from ecegateway.inspection.table import Table
from ecegateway.model.finding import Severity
from ecegateway.model.verification import TO_CHASE


class GapKind(StrEnum):
    """Why something is not in the pack."""

    NOT_SHOWN = "not shown"
    WAITS = "waiting"
    ON_PAPER = "on paper"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing the pack lacks; ``see`` is a page of the pack that says more, empty where none does."""

    kind: GapKind
    what: str
    see: str


def gaps(exportable: Exportable, set_apart: Sequence[SetApart], elsewhere: int, failures: Sequence[str]) -> tuple[Gap, ...]:
    """Every gap, by kind.

    Args:
        exportable: The claim and what goes with it.
        set_apart: Rows of the sources that nobody could read.
        elsewhere: How many records of other services are cited.
        failures: Parts that could not be made, each in words.
    """
    return (
        *(Gap(GapKind.NOT_SHOWN, f"not made: {failure}", "") for failure in failures),
        *_set_apart(set_apart),
        *_unseen(exportable),
        *_elsewhere(elsewhere),
        *_waiting(exportable),
        *_on_paper(exportable),
    )


def gaps_table(found: Sequence[Gap]) -> Table:
    """The gaps as a table."""
    note = "A row for each thing that this pack lacks, and where it says more."
    return Table("gaps", "Gaps", note, ("Kind", "What", "See"), tuple((gap.kind.value, gap.what, gap.see) for gap in found))


def _set_apart(rows: Sequence[SetApart]) -> Iterator[Gap]:
    counted = Counter((row.source, (row.stream or "records of a kind not known").replace("_", " ")) for row in rows)
    for (source, stream), number in sorted(counted.items()):
        words = f"{count(number, 'row')} of {source} could not be read and {'is' if number == 1 else 'are'} set apart: {stream}"
        yield Gap(GapKind.NOT_SHOWN, words, "")


def _unseen(exportable: Exportable) -> Iterator[Gap]:
    graded = exportable.conformance()
    titles = {text.number: text.title for text in graded.criteria}
    for card in graded.cards:
        for counts in card.criteria:
            if counts.cannot_show:
                criterion = f"criterion {counts.criterion}, {titles[counts.criterion]}"
                what = f"{card.source}: {count(counts.cannot_show, 'record')} cannot show {criterion}"
                yield Gap(GapKind.NOT_SHOWN, what, f"return/conformance.html#criterion-{counts.criterion}")
    if graded.gaps:
        what = f"on {count(len(graded.gaps), 'day')} the record is not accurate (criterion 9)"
        yield Gap(GapKind.NOT_SHOWN, what, "return/conformance.html#gaps")


def _elsewhere(number: int) -> Iterator[Gap]:
    if number:
        words = (
            f"{count(number, 'record')} of other services {'is' if number == 1 else 'are'} cited: ask for those services' packs"
        )
        yield Gap(GapKind.NOT_SHOWN, words, "return/findings.html")


def _waiting(exportable: Exportable) -> Iterator[Gap]:
    for line in cause_lines(exportable, exportable.causes()):
        if line.cause.severity is Severity.INFORMS:
            continue
        held = f"; {clock(line.cause.effect.held)} hours held back" if line.cause.effect.held else ""
        whom = f"; {count(line.named, 'child', 'children')}" if line.named else ""
        due = f"; by {plain_day(line.cause.due)}" if line.cause.due is not None else ""
        yield Gap(GapKind.WAITS, f"{line.title}{whom}{held}{due}", f"return/findings.html#{line.anchor}")
    spans = [span for child in exportable.verifications().children for span in child.spans if span.state in TO_CHASE]
    if spans:
        children = len({span.child for span in spans})
        words = f"{count(len(spans), 'span')} of {count(children, 'child', 'children')} wait for a parent's verification"
        yield Gap(GapKind.WAITS, words, "return/register.html")


def _on_paper(exportable: Exportable) -> Iterator[Gap]:
    graded = exportable.conformance()
    texts = {text.number: text for text in graded.criteria}
    for card in graded.cards:
        for counts in card.criteria:
            if counts.paper_needed:
                words = f"{card.source}, criterion {counts.criterion}: {texts[counts.criterion].on_paper}"
                yield Gap(GapKind.ON_PAPER, words, f"return/conformance.html#criterion-{counts.criterion}")
