"""6-3, criterion 12: all records can be extracted into an appropriate format for reporting purposes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.evidence.record import State
from ecegateway.model.attendance import Method
from ecegateway.model.ids import SourceName
from tests.support.criteria import MONDAY, SUNDAY, TUESDAY, Case, case, means, play, row, signed, table, verified
from tests.support.records import absence, agreement, changed, shift, stay

RULE = "records.set-apart"
OF_PAPER = replace(row(9, "attendance"), source=SourceName("paper"))
CASES = (
    case(pytest.mark.example("records.set-apart", "Every row of a source was read."), "met", signed()),
    case(
        pytest.mark.example("records.set-apart", "Two rows of a source stand in quarantine."),
        "breached, breached", apart=(row(1), row(2)), finds=RULE,
    ),
    case("One row stands in quarantine, of a kind nobody could tell.", "breached", apart=(row(1),), finds=RULE),
    case("One attendance stands in quarantine.", "breached", apart=(row(1, "attendance"),), finds=RULE),
    case("One verification stands in quarantine.", "breached", apart=(row(1, "verification"),), finds=RULE),
    case("One note stands in quarantine.", "breached", apart=(row(1, "note"),), finds=RULE),
    case("Of two rows one was read and one stands in quarantine.", "breached, met", signed(), apart=(row(1),), finds=RULE),
    case("Rows of two sources stand in quarantine.", "breached, breached", apart=(row(1), OF_PAPER), finds=RULE),
    case("A source with no record but a row in quarantine.", "breached", apart=(OF_PAPER,), finds=RULE),
    case("A stay, an absence and a verification were read.", "met, met, met", signed(), absence(TUESDAY), verified()),
    case("Two stays of a day were read.", "met, met", stay(MONDAY, key="one"), stay(MONDAY, key="two")),
    case("Two absences of a day were read.", "met, met", absence(MONDAY), absence(MONDAY).model_copy(update={"key": "x2"})),
    case("Two verifications of a week were read.", "met, met", verified(), verified(key="v2")),
    case("A stay nobody signed was read all the same.", "met", signed(None, None)),
    case("A default was read all the same.", "met", stay(MONDAY, method=Method.DEFAULT)),
    case("A stay of a source that declares nothing was read.", "met", signed(), without=tuple(Fact)),
    case("A stay of a child nobody has on record was read.", "met", stay(MONDAY, child_key="c9")),
    case("A corrected stay was read once.", "met", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=changed())),
    case("A deleted stay is no record to extract.", "", stay(MONDAY), gone=State.DELETED),
    case("A missing stay is no record to extract: criterion 10 finds it.", "", stay(MONDAY), gone=State.MISSING),
    case("A stay that came back was read.", "met", stay(MONDAY), gone=State.MISSING, back=True),
    case("A stay of the last day asked about was read.", "met", stay(SUNDAY)),
    case("A stay of the day after is no business of these.", "", stay(SUNDAY + timedelta(days=1))),
    case("A verification that reaches into these days was read.", "met",
         verified(days=(MONDAY - timedelta(days=7), MONDAY))),
    case("Agreements, shifts and signatures are no attendance records.", "", agreement(), shift(MONDAY), means()),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_can_be_extracted(one: Case) -> None:
    play(one, 12)
