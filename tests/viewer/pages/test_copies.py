"""How copies leave: to whoever may take the master; the PDF is asked for, waited for, handed out, journalled."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from index.custody.copies import AccessCopy, copy_of
from index.domain.errors import BadScan
from index.domain.holdings import PageState
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room
from viewer.export.alto import NAMESPACE

ALTO = f"{{{NAMESPACE}}}"


def place(held: Room, name: str) -> AccessCopy:
    item = held.items[name]
    with held.home.catalogue.reading() as work:
        return copy_of(held.home.derived(item), work.items.get(item), work.pages.of_item(item))


def made(held: Room, name: str) -> AccessCopy:
    copy = place(held, name)
    copy.folder.mkdir(parents=True)
    copy.pdf.write_bytes(b"%PDF-")
    return copy


def taken(held: Room, name: str) -> list[tuple[str, str, object]]:
    with held.home.catalogue.reading() as work:
        events = [event for event in work.journal.of(held.items[name]) if event.verb == "download"]
    return [(event.actor, event.verb, event.details["form"]) for event in events]


def test_a_copy_that_is_there_is_handed_out_under_its_code_and_journalled(held: Room, enter: Enter) -> None:
    made(held, "notice")
    answer = enter("reader").get(f"/items/{held.items['notice']}/copy.pdf")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"%PDF-", "application/pdf")
    code = held.item("notice").reference_code
    assert "attachment" in answer.headers["content-disposition"]
    assert code.split("-")[0] in answer.headers["content-disposition"]
    assert taken(held, "notice") == [("reader", "download", "pdf")]


def test_a_copy_that_is_not_there_is_asked_for_and_waited_for(held: Room, enter: Enter) -> None:
    browser, address = enter("reader"), f"/items/{held.items['notice']}/copy.pdf"
    answer = browser.get(address)
    assert answer.status_code == 202
    assert '<meta http-equiv="refresh" content="2">' in answer.text
    browser.get(address)
    assert held.home.jobs.waiting() == {"intake": 1}
    assert taken(held, "notice") == []


def test_the_page_that_waits_says_when_nobody_works(held: Room, enter: Enter) -> None:
    address = f"/items/{held.items['notice']}/copy.pdf"
    assert "没有运行" in enter("reader").get(address).text
    held.home.jobs.beat("worker", "")
    assert "正在生成" in enter("reader").get(address).text


def test_an_item_that_is_being_read_is_waited_for_without_asking(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        [scan] = work.scans.of_item(held.items["notice"])
        work.pages.reread(scan)
    assert held.pages("notice")[0].state is PageState.WAITING
    answer = enter("archivist").get(f"/items/{held.items['notice']}/copy.pdf")
    assert "还在识别" in answer.text
    assert held.home.jobs.waiting() == {}


def test_a_copy_that_could_not_be_made_says_why_and_is_tried_again(held: Room, enter: Enter) -> None:
    copy = place(held, "notice")
    copy.folder.mkdir(parents=True)
    copy.refuse(BadScan("took-too-much-memory"))
    browser, address = enter("reader"), f"/items/{held.items['notice']}/copy.pdf"
    told = browser.get(address)
    assert told.status_code == 503 and "内存超过上限" in told.text
    assert browser.get(address).status_code == 202


@pytest.mark.parametrize("what", ["copy.pdf", "alto/1", "alto.zip", "hocr"])
def test_a_restricted_item_gives_no_copy(what: str, held: Room, enter: Enter) -> None:
    made(held, "contract")
    answer = enter("reader").get(f"/items/{held.items['contract']}/{what}")
    assert answer.status_code == 403
    assert taken(held, "contract") == []
    assert enter("archivist").get(f"/items/{held.items['contract']}/{what}").status_code == 200


def test_the_alto_of_a_page_is_taken_by_its_number(held: Room, enter: Enter) -> None:
    browser, item = enter("reader"), held.items["minutes"]
    answer = browser.get(f"/items/{item}/alto/2")
    page = ElementTree.fromstring(answer.content).find(f".//{ALTO}Page")
    assert page is not None and page.get("PHYSICAL_IMG_NR") == "2"
    assert browser.get(f"/items/{item}/alto/99").status_code == 404
    assert taken(held, "minutes") == [("reader", "download", "alto")]


def test_the_alto_of_all_pages_is_a_zip_of_one_file_a_page(held: Room, enter: Enter) -> None:
    answer = enter("reader").get(f"/items/{held.items['minutes']}/alto.zip")
    with ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        told = ElementTree.fromstring(archive.read(names[-1]))
    assert [name[-9:] for name in names] == [f"-000{number}.xml" for number in range(1, 6)]
    assert told.tag == f"{ALTO}alto"


def test_the_hocr_of_an_item_holds_every_page(held: Room, enter: Enter) -> None:
    answer = enter("reader").get(f"/items/{held.items['minutes']}/hocr")
    pages = ElementTree.fromstring(answer.content).findall(".//*[@class='ocr_page']")
    assert [page.get("id") for page in pages] == [f"page_{number}" for number in range(1, 6)]
    assert taken(held, "minutes") == [("reader", "download", "hocr")]


def test_the_items_page_offers_its_copies_to_those_who_may_print(held: Room, enter: Enter) -> None:
    page = enter("reader").get(f"/items/{held.items['minutes']}?page=2").text
    for address in ("copy.pdf", "alto/2", "alto.zip", "hocr"):
        assert f"/items/{held.items['minutes']}/{address}" in page
