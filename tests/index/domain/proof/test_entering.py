"""Two people enter a line without seeing each other's; what they agree on stands, what differs is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from index.domain.proof.entering import Sight, given, sights, two_enter
from index.domain.proof.laid_over import laid_over
from index.domain.proof.proofing import UNDECIDED, Correction, Standing
from tests.index.domain.proof.test_proofing import page

AT = datetime(2026, 11, 23, tzinfo=UTC)
MACHINE = page("甲乙内", "丁戊")


@dataclass
class Desk:
    """A page in a series of two entries, and everything that was given for it."""

    two: bool = True
    known: list[Correction] = field(default_factory=list)

    def seen(self, who: str) -> Sequence[Sight]:
        return sights(MACHINE, self.known, who)

    def give(self, who: str, text: str, line: int = 0) -> None:
        entries = [one for one in self.known if one.state in UNDECIDED]
        made = given(self.seen(who)[line], text, who, AT, (f"c{len(self.known)}", "p"), entries, two=self.two)
        changed = {one.id: one for one in made}
        self.known = [changed.pop(one.id, one) for one in self.known] + list(changed.values())

    @property
    def read(self) -> str:
        return laid_over(MACHINE, self.known).text.split("\n")[0]

    @property
    def states(self) -> list[Standing]:
        return [one.state for one in self.known]


def test_one_persons_word_is_enough_where_nobody_asks_for_two() -> None:
    desk = Desk(two=False)
    desk.give("a", "甲乙丙")
    assert desk.read == "甲乙丙" and desk.seen("b")[0].done
    desk.give("b", "甲乙炳")
    assert desk.read == "甲乙炳" and desk.states == [Standing.REPLACED, Standing.STANDS]
    assert desk.known[1].before == "甲乙丙"


def test_the_second_does_not_see_the_first_entry_and_agreement_stands() -> None:
    desk = Desk()
    desk.give("a", "甲乙丙")
    assert desk.read == "甲乙内"
    assert desk.seen("a")[0].text == "甲乙丙" and desk.seen("a")[0].done and desk.seen("a")[0].waits
    assert desk.seen("b")[0].text == "甲乙内" and not desk.seen("b")[0].done and desk.seen("b")[0].own is None
    desk.give("b", "甲乙丙")
    assert desk.read == "甲乙丙" and desk.states == [Standing.REPLACED, Standing.STANDS]
    assert desk.known[1].entry == 2


def test_one_person_cannot_be_two() -> None:
    desk = Desk()
    desk.give("a", "甲乙丙")
    desk.give("a", "甲乙炳")
    assert desk.read == "甲乙内" and desk.states == [Standing.REPLACED, Standing.ENTERED]


@pytest.mark.parametrize("decider", ["a", "b", "c"])
def test_what_differs_is_shown_to_everybody_and_decided_by_anybody(decider: str) -> None:
    desk = Desk()
    desk.give("a", "甲乙丙")
    desk.give("b", "甲乙炳")
    assert desk.read == "甲乙内" and desk.states == [Standing.DIFFERS, Standing.DIFFERS]
    assert {one.after for one in desk.seen("c")[0].rivals} == {"甲乙丙", "甲乙炳"}
    assert not desk.seen("a")[0].done
    desk.give(decider, "甲乙炳")
    assert desk.read == "甲乙炳" and desk.states[-1] is Standing.STANDS and desk.known[-1].entry == 3
    assert not desk.seen("c")[0].rivals


def test_an_agreed_line_is_changed_by_two_again() -> None:
    desk = Desk()
    desk.give("a", "甲乙丙")
    desk.give("b", "甲乙丙")
    desk.give("a", "甲乙炳")
    assert desk.read == "甲乙丙"
    desk.give("b", "甲乙炳")
    assert desk.read == "甲乙炳"


@pytest.mark.parametrize(
    ("rules", "asked"),
    [([], False), (["JX"], True), (["J101/JX"], True), (["J101/*"], True), (["C301/JX"], False), (["XZ"], False)],
)
def test_a_series_is_named_alone_or_with_its_fonds(rules: list[str], asked: bool) -> None:
    assert two_enter(rules, "J101", "JX") is asked
    assert two_enter(rules, "J101", "") is False
