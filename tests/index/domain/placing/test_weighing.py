"""Rules and examples share one certainty: what agrees grows surer, what differs is for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from index.domain.placing.examples import NOWHERE, Likeness
from index.domain.placing.opinions import EXAMPLE, DocumentWords, Place
from index.domain.placing.placement import Placement, candidates, classify
from index.domain.rules.policy import Strength
from tests.index.domain.rules.test_policy import pack, rule

PACK = pack(
    rule("order", "WS·A", "订货单", strength=Strength.STRONG),
    rule("paid", "WS·B", "收据"),
    rule("never", "WS·A", "作废", excludes=("WS·B",)),
)
A, B, NONE = ("p", "WS·A"), ("p", "WS·B"), ("p", NOWHERE)


def placed(title: str, **scores: float) -> Placement:
    return classify((PACK,), DocumentWords.of(title=title), likeness=like(**scores))


def share(title: str, series: str, **scores: float) -> float:
    heard = candidates((PACK,), DocumentWords.of(title=title), likeness=like(**scores))
    return next(one.confidence for one in heard if one.series.code == series)


def like(a: float = -1.2, b: float = -1.2, none: float = -1.2) -> Likeness:
    scores: Mapping[Place, float] = {A: a, B: b, NONE: none}
    return Likeness(scores, dict.fromkeys(scores, ("字",)))


def test_examples_that_agree_make_a_rule_surer_and_others_less_sure() -> None:
    agreed, alone, against = (share("收据", "WS·B", **said) for said in ({"b": 0.8}, {"b": -0.6}, {"a": 0.8}))
    assert agreed > alone > against
    assert placed("收据", b=0.8).sure


def test_a_plain_likeness_suffices_where_no_rule_speaks() -> None:
    found = placed("单", a=1.4)
    assert (found.series, [why.rule for why in found.why]) == ("WS·A", [EXAMPLE])
    assert found.confidence >= found.threshold
    assert placed("单", a=0.2, b=0.1).confidence < found.threshold


def test_what_is_like_papers_of_no_series_is_for_a_person() -> None:
    assert placed("订货单", a=0.5).sure
    assert not placed("订货单", a=-0.4, none=0.9).sure


def test_a_place_that_a_rule_excludes_is_not_proposed_for_its_likeness() -> None:
    heard = candidates((PACK,), DocumentWords.of(title="作废"), likeness=like(b=2.0))
    assert [one.series.code for one in heard] == ["WS·A"]


def test_the_rules_of_a_pack_without_examples_are_not_outdone_by_anothers_examples() -> None:
    other = replace(PACK, id="q", rules=(rule("ours", "WS·A", "收据", strength=Strength.STRONG),))
    found = classify((PACK, other), DocumentWords.of(title="收据"), likeness=like(a=0.4))
    assert (found.pack, found.series) == ("q", "WS·A")


def test_examples_of_a_series_that_the_regulation_dropped_say_nothing() -> None:
    likeness = like(a=0.4)
    dropped = replace(
        likeness, scores={**likeness.scores, ("p", "WS·Z"): 2.0}, spoke={**likeness.spoke, ("p", "WS·Z"): ("字",)}
    )
    assert classify((PACK,), DocumentWords.of(title="订货单"), likeness=dropped).series == "WS·A"


def test_where_every_place_that_it_is_like_is_excluded_the_rules_decide() -> None:
    assert classify((PACK,), DocumentWords.of(title="作废"), likeness=Likeness({B: 1.0}, {B: ("字",)})).series == "WS·A"


@pytest.mark.parametrize("title", ["订货单", "收据", "单"])
def test_the_certainty_is_shared(title: str) -> None:
    heard = candidates((PACK,), DocumentWords.of(title=title), likeness=like(a=0.1, b=0.1, none=-0.9))
    assert 0 < sum(one.confidence for one in heard) < 1
