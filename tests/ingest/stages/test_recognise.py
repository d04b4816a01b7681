from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from index.domain.errors import EngineFailed, WrongUse
from index.domain.reading import Script
from ingest.engines import pdf_text
from ingest.imaging import pdf
from ingest.imaging.paper import Kind, Sheet
from ingest.sandbox import Limits
from ingest.stages.recognise import PageRead, ReadingHints, ReadingSettings, engine_of, read_page, read_sheet
from tests.fakes.ingest.engines.scripted import CrashingEngine, ScriptedEngine, line, reading
from tests.fakes.ingest.imaging.written import written

HANS = Script.HANS
SETTINGS, LIMITS, NO_HINTS = ReadingSettings(), Limits(), ReadingHints()


@pytest.fixture(autouse=True)
def let_go() -> Iterator[None]:
    yield
    pdf.opened.let_go()
    pdf_text.opened.let_go()


def pdf_page(content: bytes, rotate: int = 0, crop: tuple[int, int, int, int] | None = None) -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(595, 842))
    face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(face)))
    page.Contents = document.make_stream(content)
    page.Rotate = rotate
    if crop:
        page.CropBox = pikepdf.Array(crop)
    document.save(out)
    return out.getvalue()


LEASE = b"BT /F1 12 Tf 72 700 Td (This lease is made) Tj 0 -20 Td (between the parties) Tj ET"


def read_pdf(content: bytes, folder: Path) -> PageRead:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return read_page(str(path), "pdf", 1, NO_HINTS, str(folder), SETTINGS, LIMITS)


def ink_inside(folder: Path, read: PageRead, word: int) -> bool:
    """Whether something dark lies in the word's box on the page as it is shown."""
    box = read.reading.words[word].box
    with Image.open(folder / "page.jpg") as shown:
        across, down = shown.size
        place = (box.x * across, box.y * down, (box.x + box.w) * across, (box.y + box.h) * down)
        darkest = shown.convert("L").crop(place).getextrema()[0]
    return isinstance(darkest, int | float) and darkest < 128


def test_a_sound_text_layer_needs_no_engine(tmp_path: Path) -> None:
    read = read_pdf(pdf_page(LEASE), tmp_path)
    assert read.reading.text == "This lease is made\nbetween the parties"
    assert (read.kind, read.reading.script, read.reading.engine) == (Kind.TEXT, Script.LATIN, "pdfplumber")
    assert all(ink_inside(tmp_path, read, word) for word in range(len(read.reading.words)))


def filled_form(value: str) -> bytes:
    """A lease with one text field on it, holding `value`."""
    document, out = pikepdf.open(io.BytesIO(pdf_page(LEASE))), io.BytesIO()
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="tenant",
            V=value,
            Rect=[72, 600, 300, 620],
        )
    )
    document.pages[0].Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], NeedAppearances=True)
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize(("value", "filled"), [("Li Ming", True), ("", False)])
def test_what_was_filled_into_a_form_is_not_in_its_text_layer(value: str, filled: bool, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(filled_form(value))
    assert pdf.opened(str(path)).facts(1, LIMITS).filled is filled


def test_words_outside_the_crop_are_not_on_the_page(tmp_path: Path) -> None:
    read = read_pdf(pdf_page(LEASE, crop=(60, 690, 400, 800)), tmp_path)
    assert read.reading.text == "This lease is made"
    assert ink_inside(tmp_path, read, 0)


def test_a_page_that_turns_itself_upright_keeps_its_boxes(tmp_path: Path) -> None:
    sideways = b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (This lease is made between) Tj ET"
    read = read_pdf(pdf_page(sideways, rotate=90), tmp_path)
    assert read.reading.text == "This lease is made between"
    assert ink_inside(tmp_path, read, 0)
    assert read.width > read.height


def sheet(image: Image.Image | None = None) -> Sheet:
    return Sheet(image or written(620, 877), 75, Kind.IMAGE)


def test_words_come_with_boxes_on_the_page_and_starts_in_the_text(tmp_path: Path) -> None:
    engine = ScriptedEngine({HANS: reading(line("劳动", "合同"), line("Labour", "contract", top=40))})
    read = read_sheet(sheet(), ReadingHints(HANS, 0), engine, str(tmp_path), SETTINGS)
    assert read.reading.text == "劳动合同\nLabour contract"
    assert [(word.text, word.start) for word in read.reading.words][2:] == [("Labour", 5), ("contract", 12)]
    first = read.reading.words[0].box
    assert (first.x * 620, first.y * 877, first.w * 620, first.h * 877) == pytest.approx((10, 10, 20, 10), abs=0.6)
    assert (read.reading.engine, read.reading.engine_version, read.reading.turned) == ("scripted", "1", 0)


def test_the_page_shown_is_upright_in_colour_and_has_a_thumbnail(tmp_path: Path) -> None:
    turned = written(paper=(250, 235, 200)).transpose(Image.Transpose.ROTATE_90)
    engine = ScriptedEngine({HANS: reading(line("劳动", "合同"))})
    read = read_sheet(Sheet(turned, 150, Kind.IMAGE), ReadingHints(HANS, 1), engine, str(tmp_path), SETTINGS)
    assert (read.reading.turned, read.width, read.height) == (1, 1240, 1754)
    with Image.open(tmp_path / "page.jpg") as shown, Image.open(tmp_path / "thumb.jpg") as thumb:
        assert (shown.size, shown.mode, max(thumb.size)) == ((1240, 1754), "RGB", 320)
    assert sorted(os.listdir(tmp_path)) == ["page.jpg", "thumb.jpg"]


@pytest.mark.parametrize(("turn", "spread"), [(1, False), (0, True)])
def test_only_a_page_that_stands_upright_is_offered_as_two(turn: int, spread: bool, tmp_path: Path) -> None:
    """A gap between two paragraphs of a page that a person laid on its side is no gutter."""
    page = written(1240, 1754)
    page.paste("white", (0, 800, 1240, 930))
    two = Image.new("RGB", (2480, 1754), "white")
    two.paste(written(1240, 1754), (0, 0))
    two.paste(written(1240, 1754, seed=8), (1240, 0))
    engine = ScriptedEngine({HANS: reading(line("劳动", "合同"))})
    hints = ReadingHints(HANS, given_turn=turn)
    read = read_sheet(Sheet(page if turn else two, 150, Kind.IMAGE), hints, engine, str(tmp_path), SETTINGS)
    assert read.width > read.height
    assert (read.look.spread is not None) is spread


def test_a_large_page_is_shown_smaller(tmp_path: Path) -> None:
    engine = ScriptedEngine({HANS: reading(line("劳动"))})
    read = read_sheet(sheet(written(2480, 3508)), ReadingHints(HANS), engine, str(tmp_path), SETTINGS)
    with Image.open(tmp_path / "page.jpg") as shown:
        assert max(shown.size) == 2_500
    assert (read.width, read.height) == (2480, 3508)


def test_a_page_read_again_gives_the_same(tmp_path: Path) -> None:
    engine = ScriptedEngine({HANS: reading(line("劳动", "合同"))})
    once = read_sheet(sheet(), ReadingHints(HANS), engine, str(tmp_path), SETTINGS)
    assert read_sheet(sheet(), ReadingHints(HANS), engine, str(tmp_path), SETTINGS) == once


def test_a_blank_page_is_kept_and_marked_without_asking_the_engine(tmp_path: Path) -> None:
    engine = ScriptedEngine({})
    read = read_sheet(sheet(Image.new("RGB", (620, 877), (250, 240, 210))), NO_HINTS, engine, str(tmp_path), SETTINGS)
    assert (read.reading.blank, read.reading.text, read.reading.script) == (True, "", Script.NONE)
    assert engine.asked == []
    assert (tmp_path / "page.jpg").exists()


def test_an_engine_that_crashes_leaves_no_half_page(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed):
        read_sheet(sheet(), NO_HINTS, CrashingEngine(), str(tmp_path), SETTINGS)
    assert os.listdir(tmp_path) == []


def test_an_engine_nobody_knows_is_a_wrong_setting() -> None:
    with pytest.raises(WrongUse):
        engine_of(ReadingSettings(engine="oracle"))
