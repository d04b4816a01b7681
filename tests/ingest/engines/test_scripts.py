from __future__ import annotations

import pytest

from index.domain.reading import Script
from ingest.engines.port import EngineReading
from ingest.engines.scripts import fall, is_doubtful, is_latin, script_of_text
from tests.fakes.ingest.engines.scripted import line, reading


def page(telling: float, common: float) -> EngineReading:
    """Ten words whose forms differ between the scripts, ten whose forms do not."""
    return reading(line(*["劳动"] * 10, confidence=telling), line(*["人生"] * 10, confidence=common))


def test_a_sure_reading_is_not_doubted() -> None:
    assert not is_doubtful(page(0.95, 0.95))


def test_low_confidence_is_doubtful() -> None:
    assert is_doubtful(page(0.8, 0.8))


def test_confidence_that_falls_where_forms_differ_is_doubtful() -> None:
    assert is_doubtful(page(0.88, 0.95))
    assert fall(page(0.88, 0.95)) == pytest.approx(0.07)


def test_a_few_words_prove_nothing() -> None:
    assert fall(reading(line("劳动", confidence=0.1), line("人生", confidence=0.9))) == 0


@pytest.mark.parametrize(
    ("words", "latin"),
    [
        (("Lease", "between", "the", "parties", "合"), True),
        (("Lease", "between", "甲方与乙方签订"), False),
        (("A4",), False),
    ],
)
def test_latin_is_told_by_its_letters(words: tuple[str, ...], latin: bool) -> None:
    assert is_latin(reading(line(*words))) is latin


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("劳动合同应当归档", Script.HANS),
        ("勞動合同應當歸檔", Script.HANT),
        ("This lease is made between the parties", Script.LATIN),
        ("This lease (合同) is made between the parties and ends", Script.LATIN),
        ("12.5 — 2024", Script.NONE),
        ("", Script.NONE),
    ],
)
def test_certain_text_tells_its_script_by_its_characters(text: str, script: Script) -> None:
    assert script_of_text(text) is script
