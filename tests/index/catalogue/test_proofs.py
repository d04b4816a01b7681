"""Corrections, samples and rereadings come back as they went in, and follow the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.access import Permit, Role, permit_of
from index.domain.errors import Missing
from index.domain.holdings import ItemState, Page, PageRole, PageState
from index.domain.identity import new_id
from index.domain.proof.alignment import Swap
from index.domain.proof.proofing import Correction, Standing
from index.domain.proof.rereading import Change, Rereading, RereadState, Scope
from index.domain.proof.text_quality import Proof, Sample, TextState
from index.domain.reading import Box
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import item, reading, scan

BOX = Box(0.1, 0.2, 0.7, 0.05)


def filed(catalogue: SqlCatalogue, frames: int = 2, series: str = "XZ") -> list[Page]:
    one = item(ItemState.FILED, {"series": series, "marking": "internal"}, fonds_id="fonds-1")
    source = scan(item_id=one.id)
    with catalogue.writing() as work:
        work.items.add(one)
        work.scans.add(source)
        for page in work.pages.lay_out(source, frames):
            work.pages.save(page, reading())
        return list(work.pages.of_item(one.id))


def correction(page_id: str, after: str = "一页 𠮷子", **fields: object) -> Correction:
    whole = {"start": 0, "read": "一页 𠮷字", "box": BOX, "before": "一页 𠮷字", "by": "甲", "at": MORNING, **fields}
    return Correction(new_id(), page_id, after=after, **whole)  # type: ignore[arg-type]


def test_a_correction_comes_back_as_it_went_in_and_can_change_its_state(catalogue: SqlCatalogue) -> None:
    [page, _] = filed(catalogue)
    first, second = correction(page.id), correction(page.id, state=Standing.ENTERED, entry=2)
    with catalogue.writing() as work:
        work.proofs.keep([first, second])
        assert work.proofs.of(page.id) == [first, second]
        work.proofs.keep([replace(first, state=Standing.REPLACED)])
        assert [one.state for one in work.proofs.of(page.id)] == [Standing.REPLACED, Standing.ENTERED]


def test_everybody_reads_the_correction_and_the_machines_reading_is_kept(catalogue: SqlCatalogue) -> None:
    [page, other] = filed(catalogue)
    with catalogue.writing() as work:
        work.proofs.keep([correction(page.id)])
        read, machine = work.pages.reading(page.id), work.proofs.machine(page.id)
        assert read and machine and (read.text, machine.text) == ("一页 𠮷子", "一页 𠮷字")
        assert [word.text for word in read.words] == ["一页", "𠮷", "子"]
        assert work.pages.reading(other.id) == reading()


def test_a_page_that_reads_otherwise_is_behind_in_the_index(catalogue: SqlCatalogue) -> None:
    [page, other] = filed(catalogue)
    with catalogue.writing() as work:
        work.pages.indexed({one.id: one.version for one in (page, other)})
        work.proofs.changed(page.id, doubtful=3)
        assert [one.id for one in work.pages.behind(10)] == [page.id]
        assert work.pages.get(page.id).doubtful == 3


def test_corrections_follow_when_the_page_is_read_again(catalogue: SqlCatalogue) -> None:
    [page, _] = filed(catalogue)
    with catalogue.writing() as work:
        entries = [correction(page.id, state=Standing.ENTERED, entry=1, by=by) for by in ("乙", "丙")]
        work.proofs.keep([correction(page.id), *entries])
        work.proofs.finish(Proof(page.id, "甲", MORNING, 4, 1))
        work.pages.save(page, reading("一页 𠮷宁"))
        states = {one.by: one.state for one in work.proofs.of(page.id)}
        assert states == {"甲": Standing.CONFLICT, "乙": Standing.ENTERED, "丙": Standing.ENTERED}
        assert {one.read for one in work.proofs.of(page.id)} == {"一页 𠮷宁"}
        read = work.pages.reading(page.id)
        assert read and read.text == "一页 𠮷子"
        assert work.proofs.disputed() == {page.id: 1}
        work.pages.save(page, reading("一页 𠮷子"))
        assert Standing.SETTLED in {one.state for one in work.proofs.of(page.id)}
        proof = work.proofs.finished(page.id)
        assert proof and (proof.by, proof.wrong, proof.characters) == ("甲", 0, 4)


def test_disputes_of_what_was_taken_out_or_withdrawn_wait_for_nobody(catalogue: SqlCatalogue) -> None:
    [first, second, out], [withdrawn] = filed(catalogue, 3), filed(catalogue, 1, series="JX")
    with catalogue.writing() as work:
        for page in (first, second, out, withdrawn):
            work.proofs.keep([correction(page.id, state=Standing.CONFLICT)])
        assert len(work.proofs.disputed()) == 4
        work.arrangement.lay([replace(work.pages.get(out.id), role=PageRole.REMOVED)])
        work.items.save(replace(work.items.get(withdrawn.item_id), state=ItemState.WITHDRAWN))
        assert work.proofs.disputed() == {first.id: 1, second.id: 1}
        assert work.proofs.disputed(1) == {first.id: 1}


def test_what_was_mistaken_is_counted_while_it_is_in_force(catalogue: SqlCatalogue) -> None:
    [page, _] = filed(catalogue)
    made = correction(page.id)
    with catalogue.writing() as work:
        work.proofs.keep([made, correction(page.id, "一页 𠮷字")])
        assert work.proofs.swaps() == {Swap("字", "子", "𠮷", ""): 1}
        work.proofs.keep([replace(made, state=Standing.REPLACED)])
        assert work.proofs.swaps() == {}


def test_pages_that_are_dropped_take_their_corrections_along(catalogue: SqlCatalogue) -> None:
    [_, second] = filed(catalogue)
    with catalogue.writing() as work:
        work.proofs.keep([correction(second.id)])
        work.proofs.finish(Proof(second.id, "甲", MORNING, 4, 1))
        work.pages.lay_out(work.scans.get(second.scan_id), 1)
        assert work.proofs.of(second.id) == [] and work.proofs.finished(second.id) is None


# -- quality -----------------------------------------------------------------------------------------------------------


def test_a_series_shows_its_pages_and_what_was_measured_on_the_newest_sample(catalogue: SqlCatalogue) -> None:
    pages = filed(catalogue, 3)
    filed(catalogue, 1, series="JX")
    older = Sample(new_id(), "fonds-1", "XZ", "a", (pages[2].id,), "甲", MORNING)
    newer = Sample(new_id(), "fonds-1", "XZ", "b", (pages[0].id, pages[1].id), "甲", MORNING)
    with catalogue.writing() as work:
        assert work.quality.pages("fonds-1", "XZ") == [page.id for page in pages]
        for sample in (older, newer):
            work.quality.add(sample)
        assert work.quality.get(older.id) == older
        for page in (pages[0], pages[2]):
            work.proofs.finish(Proof(page.id, "甲", MORNING, 100, 2))
        found = {one.series: one for one in work.quality.all()}
    assert (found["JX"].pages, found["JX"].sample, found["JX"].state) == (1, None, TextState.RAW)
    assert (found["XZ"].pages, found["XZ"].proofed, found["XZ"].sample) == (3, 2, newer)
    assert found["XZ"].left == (pages[1].id,) and found["XZ"].characters == 100


def test_an_unknown_sample_is_missing(catalogue: SqlCatalogue) -> None:
    with catalogue.reading() as work, pytest.raises(Missing):
        work.quality.get("none")


def test_the_most_doubtful_pages_come_first_and_low_confidence_before_all(catalogue: SqlCatalogue) -> None:
    [first, second, third, sure] = filed(catalogue, 4)
    archivist = permit_of(Role.ARCHIVIST)
    with catalogue.writing() as work:
        for page, doubtful, confidence in ((first, 2, 0.95), (second, 9, 0.95), (third, 1, 0.5), (sure, 0, 0.4)):
            work.pages.save(page, reading(confidence=confidence))
            work.proofs.changed(page.id, doubtful)
        found = work.quality.doubtful(archivist, 0.9, 10)
        assert [page.id for page in found] == [third.id, second.id, first.id]
        assert [page.id for page in work.quality.doubtful(archivist, 0.9, 1)] == [third.id]
        work.proofs.finish(Proof(third.id, "甲", MORNING, 4, 1))
        assert [page.id for page in work.quality.doubtful(archivist, 0.9, 10)] == [second.id, first.id]
        assert work.quality.doubtful(Permit(frozenset()), 0.9, 10) == []
        assert work.quality.doubts() == {}


def test_a_page_of_which_nothing_could_be_read_comes_before_all(catalogue: SqlCatalogue) -> None:
    [few, nothing, blank, waiting] = filed(catalogue, 4)
    archivist = permit_of(Role.ARCHIVIST)
    with catalogue.writing() as work:
        work.proofs.changed(few.id, doubtful=3)
        for page, is_blank in ((nothing, False), (blank, True), (waiting, False)):
            work.pages.save(page, reading("", confidence=0.0, blank=is_blank))
        work.arrangement.lay([replace(work.pages.get(waiting.id), state=PageState.WAITING)])
        assert [page.id for page in work.quality.doubtful(archivist, 0.9, 10)] == [nothing.id, few.id]
        work.proofs.finish(Proof(nothing.id, "甲", MORNING, 0, 0))
        assert [page.id for page in work.quality.doubtful(archivist, 0.9, 10)] == [few.id]


def test_an_item_in_review_of_which_nothing_could_be_read_is_told_apart(catalogue: SqlCatalogue) -> None:
    [page] = filed(catalogue, 1)
    with catalogue.writing() as work:
        work.pages.save(page, reading("", confidence=0.0))
        work.items.save(replace(work.items.get(page.item_id), state=ItemState.REVIEW))
        assert work.quality.doubts() == {page.item_id: 0}
        work.pages.save(page, reading())
        assert work.quality.doubts() == {}


# -- rereadings --------------------------------------------------------------------------------------------------------


def test_a_scope_names_pages(catalogue: SqlCatalogue) -> None:
    pages, others = filed(catalogue, 2), filed(catalogue, 1, series="JX")
    with catalogue.writing() as work:
        work.pages.save(pages[0], reading(engine="older", engine_version="0.9"))
        named = {
            "item": Scope(item_id=others[0].item_id),
            "page": Scope(item_id=pages[0].item_id, page=2),
            "no page": Scope(item_id=pages[0].item_id, page=3),
            "series": Scope(fonds_id="fonds-1", series="XZ"),
            "fonds": Scope(fonds_id="fonds-1"),
            "older": Scope(engine="older 0.9"),
            "nothing": Scope(fonds_id="fonds-2"),
        }
        found = {name: len(work.rereadings.pages(scope)) for name, scope in named.items()}
        assert work.rereadings.engines() == {"fake 1": 2, "older 0.9": 1}
        assert next(iter(work.rereadings.engines())) == "fake 1"
    assert found == {"item": 1, "page": 1, "no page": 0, "series": 2, "fonds": 3, "older": 1, "nothing": 0}


def test_an_order_is_due_until_every_page_is_done_or_it_is_stopped(catalogue: SqlCatalogue) -> None:
    first, second = filed(catalogue, 2)
    order = Rereading(new_id(), "甲", MORNING, Scope(item_id=first.item_id), "tesseract")
    later = Rereading(new_id(), "乙", MORNING, Scope(), "")
    with catalogue.writing() as work:
        for one in (order, later):
            work.rereadings.add(one, [first.id, second.id])
        assert work.rereadings.due() == [first.id, second.id] and work.rereadings.due(1) == [first.id]
        assert work.rereadings.waiting(first.id) == [order, later]
        changed = Change(first.id, RereadState.DONE, "", 100, 7, 0.8, 0.9, kept=3, conflicts=1)
        work.rereadings.keep(order.id, changed)
        work.rereadings.keep(order.id, Change(second.id, RereadState.FAILED, "engine-failed"))
        assert work.rereadings.waiting(first.id) == [later]
        [report] = work.rereadings.reports(order.id)
        assert (report.total, report.read, report.failed, report.running) == (2, 1, 1, False)
        assert (report.altered, report.changed, report.characters, report.conflicts) == (1, 7, 100, 1)
        assert (report.before, report.after) == (0.8, 0.9)
        assert work.rereadings.changes(order.id, 10)[0] == changed
        work.rereadings.stop(later.id, MORNING)
        assert work.rereadings.due() == []
        assert [one.rereading.id for one in work.rereadings.reports()] == [later.id, order.id]
        assert not work.rereadings.reports(later.id)[0].running
