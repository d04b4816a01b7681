"""A wall-sized drawing is decoded and shown in a cage that stays far below its limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ingest.reading import _draw_page
from ingest.sandbox import Cage, Limits

#: A0 at 300 dpi.
A0 = (9_933, 14_043)
#: Mebibytes that the child may have held at its fullest; see the README, "Formats".
MOST = {"jpeg": 450, "png": 900, "tiff": 1_100}


@pytest.fixture
def cage() -> Iterator[Cage]:
    cage = Cage(Limits())
    yield cage
    cage.close()


def fullest(cage: Cage) -> int:
    """The most memory that the cage's child has held since it was started, in mebibytes."""
    status = Path(f"/proc/{cage.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("format", sorted(MOST))
def test_an_a0_drawing_in_colour(format: str, cage: Cage, tmp_path: Path) -> None:
    drawing = Image.new("RGB", A0, (250, 248, 240))
    drawing.paste((200, 30, 30), (500, 500, 6_000, 6_000))
    settings = {"compress_level": 1} if format == "png" else {"compression": "packbits"} if format == "tiff" else {}
    drawing.save(tmp_path / "a0", format, **settings)
    del drawing
    cage.run(_draw_page, str(tmp_path / "a0"), format, 1, "image", 0, str(tmp_path), Limits())
    assert fullest(cage) < MOST[format]
    with Image.open(tmp_path / "page.jpg") as shown:
        red, green, _ = shown.getpixel((shown.width // 4, shown.height // 5))  # type: ignore[misc]
        assert max(shown.size) == 2_500 and red > 150 > green
