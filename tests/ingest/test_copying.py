"""The worker's part of an access copy: made of the item as it is, once, whole, and told when it cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from config.locks import hold
from index.custody.copies import AccessCopy, copy_of
from index.domain.description import Value
from index.domain.errors import BadScan, EngineFailed, Missing, MunimentError
from index.domain.holdings import Item, ItemState, Page
from index.domain.reading import Box, PageReading, Stamp
from ingest import copying
from ingest.actors import Desk
from ingest.sandbox import Limits
from tests.fakes.config.homes import Room
from tests.fakes.ingest.readers import by_pdfium
from tests.fakes.ingest.readings import characters, reading


class OpenCage:
    """A cage whose door is open: the work is done here. `asked` names it."""

    limits = Limits()

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, function: Callable[..., Any], *args: Any, seconds: float | None = None) -> Any:
        self.asked.append(function.__name__)
        return function(*args)


class BrokenCage(OpenCage):
    """Nothing can be opened in it."""

    def __init__(self, error: MunimentError) -> None:
        super().__init__()
        self.error = error

    def run(self, function: Callable[..., Any], *args: Any, seconds: float | None = None) -> Any:
        raise self.error


@pytest.fixture
def item_id(room: Room, tmp_path: Path) -> str:
    """An item of one scan of three frames, the second of them scanned lying, the third blank."""
    path = tmp_path / "scan.tif"
    pages = [Image.new("L", size, 240) for size in ((100, 140), (140, 100), (100, 140))]
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(50, 50))
    room.drop("J101/卷.tif", path.read_bytes())
    room.work(1)
    with room.home.catalogue.writing() as work:
        [scan] = room.scans()
        item = replace(_item(room, scan.id), fonds_id=scan.fonds_id)
        work.items.add(item)
        scan = replace(scan, item_id=item.id, format="tiff")
        work.scans.save(scan)
        for page in work.pages.lay_out(scan, 3):
            work.pages.save(replace(page, width=100, height=140, dpi=50), _read(page))
    return item.id


def _item(room: Room, scan_id: str) -> Item:
    fields = {"title": Value("春季<检查>", 1.0), "creator": Value("校长室", 1.0)}
    return Item(scan_id, ItemState.REVIEW, room.clock.now(), description=fields, origin="卷.tif")


def _read(page: Page) -> PageReading:
    if page.frame == 3:
        return reading([])
    line = characters(f"第{page.frame}页劳动合同", 0.1, 0.1, 0.5, 0.03)
    stamps = [Stamp("第一实验小学", Box(0.5, 0.6, 0.3, 0.2), 0.8)] if page.frame == 1 else []
    return replace(reading([line], stamps), turned=1 if page.frame == 2 else 0)


def place(room: Room, item_id: str) -> AccessCopy:
    with room.home.catalogue.reading() as work:
        return copy_of(room.home.derived(item_id), work.items.get(item_id), work.pages.of_item(item_id))


def made(room: Room, item_id: str, cage: OpenCage | None = None) -> AccessCopy:
    assert copying.copy(Desk(room.home, cage or OpenCage()), item_id) == []  # type: ignore[arg-type]
    return place(room, item_id)


def test_the_copy_holds_every_page_upright_with_its_text_and_what_its_stamp_says(room: Room, item_id: str) -> None:
    copy = made(room, item_id)
    assert by_pdfium(copy.pdf).split() == ["第1页劳动合同", "第一实验小学", "第2页劳动合同"]
    with closing(pypdfium2.PdfDocument(copy.pdf)) as document:
        assert [document.get_page_size(at) for at in range(3)] == [pytest.approx((144.0, 201.6), abs=0.01)] * 3


def test_the_copy_says_whose_it_is(room: Room, item_id: str) -> None:
    with pikepdf.open(made(room, item_id).pdf) as pdf, pdf.open_metadata() as told:
        assert (told["dc:title"], told["dc:creator"]) == ("春季<检查>", ["校长室"])
        assert told["dc:source"] == f"sha256:{room.scan(item_id).sha256}"


def test_many_pages_are_made_a_few_a_call(room: Room, item_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    cage = OpenCage()
    copy = made(room, item_id, cage)
    assert cage.asked == ["_write_part", "_write_part", "_bind"]
    with pikepdf.open(copy.pdf) as pdf:
        assert len(pdf.pages) == 3
    assert sorted(path.name for path in copy.folder.iterdir()) == [copy.pdf.name]


def test_a_copy_that_is_there_is_not_made_again(room: Room, item_id: str) -> None:
    made(room, item_id)
    cage = OpenCage()
    made(room, item_id, cage)
    assert cage.asked == []


def test_a_corrected_description_gives_a_new_copy_and_the_old_one_goes(room: Room, item_id: str) -> None:
    before = made(room, item_id)
    with room.home.catalogue.writing() as work:
        work.items.save(replace(work.items.get(item_id), reference_code="J101-0001"))
    after = made(room, item_id)
    assert after.pdf.exists() and not before.pdf.exists()


def test_an_item_that_is_still_being_read_is_left(room: Room, item_id: str) -> None:
    with room.home.catalogue.writing() as work:
        work.pages.reread(work.scans.get(item_id))
    cage = OpenCage()
    assert not made(room, item_id, cage).pdf.exists()
    assert cage.asked == []


@pytest.mark.parametrize("error", [BadScan("damaged-file"), EngineFailed("decoder-died"), Missing("no-such-file")])
def test_why_a_copy_cannot_be_made_is_kept_and_the_scan_is_left_in_peace(
    error: MunimentError, room: Room, item_id: str
) -> None:
    state = room.scan(item_id).state
    copy = made(room, item_id, BrokenCage(error))
    told = copy.refused()
    assert told is not None and told.code == error.code
    assert room.scan(item_id).state is state
    assert list(copy.folder.iterdir()) == []


def test_what_a_killed_worker_left_half_made_is_cleared_away(room: Room, item_id: str) -> None:
    folder = room.home.derived(item_id)
    folder.mkdir(parents=True)
    (folder / "making-00007.pdf").write_bytes(b"half")
    copy = made(room, item_id)
    assert [path.name for path in folder.iterdir()] == [copy.pdf.name]


def test_while_another_worker_makes_it_nothing_is_done(room: Room, item_id: str) -> None:
    cage = OpenCage()
    with hold(room.home.folder("locks") / f"copy-{item_id}", "busy"):
        copy = made(room, item_id, cage)
    assert cage.asked == [] and not copy.refusal.exists()


@pytest.mark.parametrize(
    ("width", "height", "dpi", "points"),
    [
        (1654, 2339, 200, (595.44, 842.04)),
        (1000, 1414, 0, (595.25, 841.68)),
        (1_000_000, 500_000, 70, (14_400, 7_200)),
        (0, 0, 300, (3, 3)),
    ],
)
def test_a_page_has_the_size_of_its_paper_within_what_an_archival_pdf_may_have(
    width: int, height: int, dpi: int, points: tuple[float, float]
) -> None:
    page = Page("p", "i", "s", 1, 1, width=width, height=height, dpi=dpi)
    assert copying.points_of(page) == pytest.approx(points, abs=0.01)
