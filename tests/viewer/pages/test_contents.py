"""The versions of a contents list stand on the page of its file, for archivists, and nothing of them can be changed."""

from __future__ import annotations

import pytest

from index.custody.correcting import correct
from tests.viewer.conftest import Enter
from tests.viewer.seeding import COMPANY, MORNING, Room

OLD, NEW = "旧题名的合同", "改过的题名"


@pytest.fixture
def file_id(held: Room) -> str:
    """The personnel file that holds the contract, whose list was written anew when a title was corrected."""
    with held.home.catalogue.writing() as work:
        for title in (OLD, NEW):
            item = work.items.get(held.items["contract"])
            correct(work, item.id, item.version, {"title": title}, "archivist", MORNING, held.home.packs)
    return held.item("contract").file_id or ""


def test_the_page_of_a_file_says_when_who_and_how_much(held: Room, enter: Enter, file_id: str) -> None:
    place = {"fonds": COMPANY.code, "series": held.item("contract").value("series"), "file": file_id}
    shown = enter("archivist").get("/browse", params=place).text
    section = shown[shown.index("卷内目录各版") :]
    versions = section[section.index("<ol") : section.index("</ol>")]
    assert "第 1 版" in versions and "新增" in versions and "内容变动 1" in versions and "archivist" in versions


def test_an_earlier_version_is_read_whole_beside_what_changed_in_it(enter: Enter, file_id: str) -> None:
    archivist = enter("archivist")
    newest = archivist.get(f"/contents/{file_id}").text
    assert (
        f"<del>{OLD}</del>" in newest
        and f"<ins>{NEW}</ins>" in newest
        and '<form method="post" action="/contents' not in newest
    )
    number = newest.partition("?version=")[2].partition('"')[0]
    earlier = archivist.get(f"/contents/{file_id}", params={"version": int(number) - 1}).text
    assert OLD in earlier and NEW not in earlier


@pytest.mark.parametrize("at", ["{file}?version=99", "none"])
def test_a_version_that_never_was_is_missing(enter: Enter, file_id: str, at: str) -> None:
    assert enter("archivist").get(f"/contents/{at.format(file=file_id)}").status_code == 404


@pytest.mark.parametrize("name", ["reader", "administrator"])
def test_nobody_but_archivists_reads_what_a_list_said_before(enter: Enter, file_id: str, name: str) -> None:
    assert enter(name).get(f"/contents/{file_id}").status_code == 403
