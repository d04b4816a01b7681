"""Every sheet of ours is read, however it was used and scanned; no ordinary page is taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import segno
from _pytest.mark import ParameterSet
from PIL import Image

from index.domain.separators import Cover, code_of
from ingest.imaging.signs import sign_on
from tests import paper, sheets
from tests.separators import AGED, aged, patch, scanned

TITLE = "关于开展2024年春季消防安全检查工作的通知及有关附件材料汇编"
FULL = Cover("J101", "school", "WS·XZ", "E0042", TITLE, "J101-WS·2024-D10-XZ-0001", 12, "陈档案")
LONG = Cover("J101", title="题" * 150)
COVERS = (Cover(), FULL, LONG)
#: What `make quick` looks at: the fullest cover at the resolution that most scan with, and each kind of ageing once.
PLAIN_CASES = {("new", 0, 200), ("skew 8", 1, 150), ("left", 1, 150), ("fax", 1, 200), ("used", 2, 200)}


def cases() -> Iterator[ParameterSet]:
    """Every sheet at every resolution and age."""
    for dpi, which, age in product((150, 200, 300), range(len(COVERS)), AGED):
        marks = () if (age, which, dpi) in PLAIN_CASES else (pytest.mark.slow,)
        yield pytest.param(age, which, dpi, marks=marks)


@cache
def printed(dpi: int) -> list[Image.Image]:
    return scanned(COVERS, dpi)


@pytest.mark.parametrize(("age", "which", "dpi"), [*cases()])
def test_a_sheet_is_read(age: str, which: int, dpi: int) -> None:
    assert sign_on(aged(printed(dpi)[which], age), dpi) == code_of(COVERS[which])


@pytest.mark.parametrize(
    "age", ["new", *(pytest.param(age, marks=pytest.mark.slow) for age in AGED if age not in ("new", "used"))]
)
def test_a_patch_code_is_read(age: str) -> None:
    assert sign_on(aged(patch(), age), 200) == "PATCHT"


@pytest.mark.parametrize("age", ["clean", *(pytest.param(age, marks=pytest.mark.slow) for age in list(paper.AGES)[1:])])
@pytest.mark.parametrize("kind", ["notice", "contract"])
def test_an_ordinary_page_has_no_sign(kind: str, age: str) -> None:
    assert sign_on(paper.render(sheets.sheet(kind, seed=3), age, seed=3), 200) == ""


@pytest.mark.parametrize("text", ["https://example.org/fapiao?no=123", "01,10,033002000000,12345678", "MUNIMENT1"])
def test_the_codes_of_others_divide_nothing(text: str) -> None:
    page = paper.render(sheets.sheet("notice", seed=5), "clean", seed=5)
    code = segno.make(text).matrix
    square = Image.frombytes("L", (len(code), len(code)), bytes(0 if dark else 255 for row in code for dark in row))
    page.paste(square.resize((500, 500), Image.Resampling.NEAREST), (200, 200))
    assert sign_on(page, 200) == ""


@pytest.mark.parametrize("text", ["PATCH4", "SHELF-0012", "6901234567892"])
def test_the_bars_of_others_divide_nothing(text: str) -> None:
    assert sign_on(patch(text), 200) == ""


@pytest.mark.slow
def test_no_real_scan_has_a_sign(corpus: Path | None) -> None:
    if corpus is None:
        return
    pictures = [path for path in sorted(corpus.glob("en_scans/**/*")) if path.suffix in (".png", ".jpg", ".tif")]
    signs = {}
    for path in pictures:
        with Image.open(path) as picture:
            if picture.width * picture.height < 20_000_000:
                signs[path.name] = sign_on(picture.convert("L"), 200)
    assert {name: sign for name, sign in signs.items() if sign} == {}
