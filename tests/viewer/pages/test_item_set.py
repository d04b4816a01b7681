"""An archivist binds papers into sets on an item's page, and denies what was found wrongly (SCH-08, OV-18)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.custody.relating import relate_found
from index.domain.placing.relations import Bond, Citation, Relation
from tests.viewer.conftest import Enter
from tests.viewer.seeding import MORNING, Room


def sent(held: Room, browser: TestClient, one: str, **form: str) -> Any:
    at = f"/items/{held.items[one]}"
    csrf = browser.get(at).text.partition('name="csrf" value="')[2].partition('"')[0]
    return browser.post(f"{at}/set", data={"csrf": csrf, **form})


def kept(held: Room, one: str) -> Sequence[Relation]:
    with held.home.catalogue.reading() as work:
        return work.relations.of(held.items[one])


def found(held: Room, one: str, citation: Citation) -> Relation:
    """What reading the paper of `one` again makes of this citation."""
    with held.home.catalogue.writing() as work:
        relate_found(work, work.items.get(held.items[one]), [citation], MORNING)
        return work.relations.of(held.items[one])[0]


@pytest.mark.parametrize(
    ("said", "bond", "turned"),
    [("reply", Bond.REPLY, False), ("reply-by", Bond.REPLY, True), ("translation", Bond.TRANSLATION, False)],
)
def test_two_papers_are_related_from_either_side(held: Room, enter: Enter, said: str, bond: Bond, turned: bool) -> None:
    archivist = enter("archivist")
    done = sent(held, archivist, "notice", deed="relate", other=held.items["plan"], bond=said)
    assert done.status_code == 303
    (one,) = kept(held, "notice")
    ends = (held.items["notice"], held.items["plan"])
    assert (one.bond, (one.item_id, one.other_id), one.given_by) == (bond, ends[:: -1 if turned else 1], "archivist")
    for name, other in (("notice", "plan"), ("plan", "notice")):
        assert f'href="/items/{held.items[other]}"' in archivist.get(f"/items/{held.items[name]}").text


def test_the_other_is_looked_for_by_code_number_or_title(held: Room, enter: Enter) -> None:
    archivist, plan = enter("archivist"), held.item("plan")
    for typed in (plan.reference_code, plan.title[2:8]):
        assert f'value="{plan.id}"' in sent(held, archivist, "notice", deed="find", typed=typed).text
    assert "没有这一件" in sent(held, archivist, "notice", deed="find", typed="没有人这样写过").text


def test_what_is_denied_is_not_found_again_and_can_be_restored(held: Room, enter: Enter) -> None:
    citation = Citation(Bond.REPLY, "", held.item("plan").title, 0.85, "收悉", 1)
    archivist, relation = enter("archivist"), found(held, "notice", citation)
    assert sent(held, archivist, "notice", deed="deny", relation=relation.id).status_code == 303
    assert [one.denied for one in (found(held, "notice", citation), *kept(held, "notice"))] == [True, True]
    assert "已否定 1 条" in archivist.get(f"/items/{held.items['notice']}").text
    sent(held, archivist, "notice", deed="confirm", relation=relation.id)
    assert [(one.denied, one.given_by) for one in kept(held, "plan")] == [(False, "archivist")]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"deed": "relate", "bond": "reply"}, 400),
        ({"deed": "relate", "bond": "cousin", "other": "plan"}, 400),
        ({"deed": "relate", "bond": "reply", "other": "notice"}, 400),
        ({"deed": "relate", "bond": "reply", "other": "J101-nothing"}, 404),
        ({"deed": "deny", "relation": "none"}, 404),
    ],
)
def test_what_is_refused_is_told_on_the_page_and_changes_nothing(
    held: Room, enter: Enter, form: dict[str, str], status: int
) -> None:
    named = {name: held.items.get(value, value) for name, value in form.items()}
    refused = sent(held, enter("archivist"), "notice", **named)
    assert refused.status_code == status and 'role="alert"' in refused.text
    assert kept(held, "notice") == []


def test_a_relation_of_other_items_is_not_denied_from_here(held: Room, enter: Enter) -> None:
    relation = found(held, "plan", Citation(Bond.REPLY, "", "关于没有进馆的请示", 0.85))
    assert sent(held, enter("archivist"), "notice", deed="deny", relation=relation.id).status_code == 404
    assert not kept(held, "plan")[0].denied


def test_a_reader_sees_the_set_and_says_nothing_of_it(held: Room, enter: Enter) -> None:
    sent(held, enter("archivist"), "notice", deed="relate", other=held.items["plan"], bond="reply")
    reader = enter("reader")
    page = reader.get(f"/items/{held.items['notice']}").text
    assert held.item("plan").title in page and "/set" not in page
    assert sent(held, reader, "notice", deed="relate", other=held.items["plan"], bond="reply").status_code == 403
