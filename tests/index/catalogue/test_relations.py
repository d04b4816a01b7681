"""What binds items into sets, and proposals for filed ones, come back as they were kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.errors import Missing
from index.domain.holdings import Item, ItemState
from index.domain.placing.proposals import Proposal
from index.domain.placing.relations import Bond, Relation
from index.ports import Work
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import item, scan

FONDS = "fonds-1"


def kept(work: Work, title: str, number: str = "", **fields: object) -> Item:
    made = item(ItemState.REVIEW, {"title": title, "document_number": number}, fonds_id=FONDS, **fields)
    work.items.add(made)
    return made


def relation(of: Item, name: str = "r1", **fields: object) -> Relation:
    made = Relation(name, of.id, Bond.REPLY, "青实校(2024)5号", "关于修缮的请示", 0.95, "收悉", MORNING)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_cited_paper_is_found_by_its_number_however_it_is_written_else_by_its_title(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        request = kept(work, "青石县实验学校关于修缮的请示", "青实校[2024]第5号")
        reply = kept(work, "关于修缮的批复")
        assert work.relations.cited(FONDS, "青实校(2024)5号", "", reply.id) == request.id
        assert work.relations.cited(FONDS, "", "关于修缮的请示", reply.id) == request.id
        assert work.relations.cited(FONDS, "", "关于修缮的请示", request.id) is None
        assert work.relations.cited("another", "青实校(2024)5号", "", reply.id) is None


def test_who_waits_for_a_paper_is_found_when_it_comes(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        reply = kept(work, "关于修缮的批复")
        work.relations.keep(reply.id, [relation(reply)])
        assert [one.id for one in work.relations.citing(FONDS, "青实校(2024)5号", "")] == ["r1"]
        assert [one.id for one in work.relations.citing(FONDS, "", "关于修缮的请示")] == ["r1"]
        work.relations.put(relation(reply, denied=True, given_by="李敏"))
        assert work.relations.citing(FONDS, "青实校(2024)5号", "关于修缮的请示") == []


def test_what_is_found_anew_replaces_what_was_found_and_nothing_that_a_person_said(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        reply, request = kept(work, "批复"), kept(work, "请示")
        work.relations.put(relation(reply, "said", other_id=request.id, given_by="李敏", confidence=1.0))
        work.relations.keep(reply.id, [relation(reply, "old")])
        work.relations.keep(reply.id, [relation(reply, "new")])
        assert [one.id for one in work.relations.of(reply.id)] == ["said", "new"]
        assert [one.id for one in work.relations.of(request.id)] == ["said"]
        with pytest.raises(Missing):
            work.relations.get("old")


def test_the_paper_before_is_the_last_one_captured_in_the_same_batch(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        text, other, attachment = (kept(work, name) for name in ("正文", "别的", "附件"))
        for one, batch in ((text, "b1"), (other, "b2"), (attachment, "b1")):
            work.scans.add(replace(scan(one.title.encode(), batch_id=batch), item_id=one.id))
        assert work.relations.before(attachment) == text.id
        assert work.relations.before(text) is None


def test_one_proposal_an_item_the_surest_first(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        one, two = kept(work, "甲"), kept(work, "乙")
        made = Proposal(
            one.id, "school", "2", "d" * 64, "JX", "10y", "internal", 0.8, "教案", "teaching", "SCH-12", MORNING
        )
        work.proposals.put(made)
        work.proposals.put(replace(made, series="RS"))
        work.proposals.put(replace(made, item_id=two.id, confidence=0.9))
        assert [(it.item_id, it.series) for it in work.proposals.all()] == [(two.id, "JX"), (one.id, "RS")]
        work.proposals.drop(two.id)
        assert work.proposals.of(two.id) is None
        assert work.proposals.of(one.id) == replace(made, series="RS")
