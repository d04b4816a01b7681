from __future__ import annotations

import pytest

from ingest.engines.soundness import is_sound, reads_sanely
from ingest.imaging.pdf import PageFacts


def page(text: str, pictured: float = 0.0, hidden: bool = False) -> PageFacts:
    return PageFacts(595, 842, text, pictured, 300.0, True, hidden)


@pytest.mark.parametrize(
    "text", ["劳动合同书", "The lease ends in 2024.", "Élève, où êtes-vous allé hier soir?", "①〔2024〕3号"]
)
def test_what_people_write_is_sound(text: str) -> None:
    assert is_sound(page(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \r\n",
        "(cid:12)(cid:7)(cid:80)",
        "\ufffd\ufffd\ufffdA",
        "\x01\x02\x03\x04",
        "\ue000\ue001\ue002",
        "ÖÐ»ªÈËÃñ¹²ºÍ¹ú",
    ],
)
def test_rubbish_is_not(text: str) -> None:
    assert not is_sound(page(text))
    assert not reads_sanely(text)


def test_somebodys_hidden_ocr_under_a_scan_is_not_trusted() -> None:
    assert not is_sound(page("劳动合同书" * 100, pictured=1.0, hidden=True))


def test_a_stamp_beside_a_scan_is_not_the_pages_text() -> None:
    assert not is_sound(page("Scanned by a telephone", pictured=0.98))


def test_text_on_a_pictured_letterhead_is() -> None:
    assert is_sound(page("劳动合同书" * 100, pictured=0.98))
