"""The quality of a series is measured on a sample that anybody can draw again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient

from index.domain.holdings import PageRole
from index.domain.proof.text_quality import Proof, Quality, draw
from tests.fakes.viewer.misreading import misread
from tests.viewer.conftest import Enter
from tests.viewer.pages.test_proof import hidden, opened
from tests.viewer.seeding import MORNING, SCHOOL, Room

SERIES = "WS·XZ"
#: Characters that stand on every page, so that it does not matter which are drawn.
SWAPS = {"的": "旳", "学": "孛", "年": "午", "会": "佘", "一": "丄"}
RIGHT = str.maketrans({wrong: right for right, wrong in SWAPS.items()})


def quality(held: Room) -> Quality:
    with held.home.catalogue.reading() as work:
        return next(one for one in work.quality.all() if (one.fonds_id, one.series) == (SCHOOL.id, SERIES))


def drawn(client: TestClient, **typed: str) -> Any:
    csrf = hidden(client.get("/quality").text, "csrf")
    whole = {"fonds": SCHOOL.id, "series": SERIES, "count": "2", "seed": "2026-11", **typed}
    return client.post("/quality/draw", data={"csrf": csrf, **whole})


def test_nothing_is_claimed_before_anything_was_measured(enter: Enter) -> None:
    shown = enter("archivist").get("/quality").text
    assert "未测" in shown and "未校对" in shown and "并非标准规定" in shown


def test_a_sample_is_drawn_by_its_seed_and_proofed_page_by_page(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    assert drawn(client).status_code == 303
    sample = quality(held).sample
    with held.home.catalogue.reading() as work:
        assert sample and sample.page_ids == draw("2026-11", work.quality.pages(SCHOOL.id, SERIES), 2)
    for page_id in sample.page_ids:
        misread(held.home, page_id, SWAPS)
    at = client.get(f"/proof/next?sample={sample.id}").headers["location"]
    for _ in sample.page_ids:
        carried, seen = opened(client, at)
        typed = {f"line-{key}": text.translate(RIGHT) for key, text in seen.items()}
        at = client.post(at, data={**carried, **typed, "deed": "whole"}).headers["location"]
    assert at == "/quality"
    found = quality(held)
    assert found.state == "sampled" and found.rate and 0.01 < found.rate.rate < 0.2
    shown = client.get("/quality").text
    assert "已抽校" in shown and f"{found.rate.rate:.2%}" in shown and "超过可接受的上限" in shown


def test_a_page_of_the_sample_that_is_taken_out_drops_out_of_it(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    drawn(client, count="3")
    sample = quality(held).sample
    assert sample
    with held.home.catalogue.writing() as work:
        first, second, third = map(work.pages.get, sample.page_ids)
        work.arrangement.lay([replace(first, role=PageRole.REMOVED)])
        work.proofs.finish(Proof(second.id, "甲", MORNING, 100, 1))
    found = quality(held)
    assert (found.left, found.gone, found.state) == ((third.id,), (first.id,), "raw")
    assert "已校对 1 / 2 页" in client.get("/quality").text and "1 页已不再计入" in client.get("/quality").text
    assert f"/proof/{third.item_id}?page=" in client.get(f"/proof/next?sample={sample.id}").headers["location"]
    with held.home.catalogue.writing() as work:
        work.arrangement.lay([replace(third, given_blank=True, blank=True)])
    assert (quality(held).left, quality(held).state) == ((), "sampled")
    assert client.get(f"/proof/next?sample={sample.id}").headers["location"] == "/quality"
    with held.home.catalogue.writing() as work:
        work.arrangement.lay([replace(second, role=PageRole.REMOVED)])
    assert quality(held).state == "raw"


def test_without_a_seed_one_is_made_and_kept(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    drawn(client, seed="")
    sample = quality(held).sample
    assert sample and re.fullmatch(r"[0-9a-f]{8}", sample.seed) and sample.seed in client.get("/quality").text


def test_what_cannot_be_drawn_is_said(held: Room, enter: Enter) -> None:
    client = enter("archivist")
    assert drawn(client, count="0").status_code == 400
    assert drawn(client, series="无").status_code == 404
    assert quality(held).sample is None


def test_an_unknown_sample_is_no_page(enter: Enter) -> None:
    assert enter("archivist").get("/proof/next?sample=none").status_code == 404
