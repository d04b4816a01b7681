"""Our own sample papers: the same each time, true to their words, and readable where they should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, UnidentifiedImageError
from pypdfium2 import PdfDocument

from tests.paper import AGES, printed, render, save, save_born_digital
from tests.samples import BROKEN_WORD, samples
from tests.sheet import pieces, traditional
from tests.sheets import KINDS, sheet, volume


@pytest.mark.parametrize("age", AGES)
def test_the_same_seed_makes_the_same_page(age: str) -> None:
    assert render(sheet("notice", 3), age, 3, dpi=60).tobytes() == render(sheet("notice", 3), age, 3, dpi=60).tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_sheet_is_printed(kind: str) -> None:
    made = sheet(kind, 2)
    on_paper = "".join(line.text for line in printed(made, dpi=60).lines).replace(" ", "")
    wanted = [piece.replace(" ", "") for block in made.blocks for piece in pieces(block)]
    assert on_paper == "".join(wanted)


def test_a_sheet_can_be_set_in_traditional_characters() -> None:
    assert sheet("contract", 1, "hant").truth["title"] == "勞動合同"
    assert traditional("劳动合同") == "勞動合同"


def test_a_word_lies_where_its_box_says() -> None:
    page = printed(sheet("contract", 1), dpi=100)
    x, y, w, h = page.boxes("劳动合同")[0]
    width, height = page.image.size
    box = page.image.crop((round(x * width), round(y * height), round((x + w) * width), round((y + h) * height)))
    darkest, _ = box.convert("L").getextrema()
    assert isinstance(darkest, (int, float)) and darkest < 60
    assert abs(x + w / 2 - 0.5) < 0.01


def test_a_turned_page_remembers_how_far() -> None:
    turns = {render(sheet("blank"), "turned", seed, dpi=40).info["turned"] for seed in range(12)}
    assert turns == {1, 2, 3}


@pytest.mark.slow
def test_pages_of_a_volume_become_one_tiff(tmp_path: Path) -> None:
    pages = [render(page, "fax", dpi=60) for page in volume(3)]
    with Image.open(save(pages, tmp_path / "volume.tif")) as saved:
        assert getattr(saved, "n_frames", 1) == 3
        assert saved.info["compression"] == "group4"


@pytest.mark.slow
def test_a_born_digital_page_carries_its_own_text(tmp_path: Path) -> None:
    pdf = PdfDocument(save_born_digital([sheet("contract", 1)], tmp_path / "contract.pdf"))
    assert "劳动合同" in pdf[0].get_textpage().get_text_range()
    pdf.close()


@pytest.mark.slow
def test_the_samples_are_what_they_claim(tmp_path: Path) -> None:
    written = samples(tmp_path)
    kinds = [sample.expected for sample in written]
    assert {kind: kinds.count(kind) for kind in kinds} == {"filed": 8, "duplicate": 1, "review": 4, "quarantined": 1}
    broken = next(sample.path for sample in written if sample.expected == "quarantined")
    with pytest.raises((OSError, UnidentifiedImageError)), Image.open(broken) as image:
        image.load()
    assert (tmp_path / "J101" / "通知.jpg").read_bytes() == (tmp_path / "J101" / "通知(副本).jpg").read_bytes()
    assert len(BROKEN_WORD) == 4
