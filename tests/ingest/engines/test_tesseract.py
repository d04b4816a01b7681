from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from index.domain.errors import EngineFailed
from index.domain.reading import Script
from ingest.engines.port import Arrangement
from ingest.engines.tesseract import Tesseract, reading_of, turns_of

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def row(line: int, word: int, text: str, confidence: str = "96.5") -> str:
    return f"5\t1\t1\t1\t{line}\t{word}\t10\t20\t30\t40\t{confidence}\t{text}\n"


def test_a_table_of_words_becomes_lines() -> None:
    answer = HEAD + "4\t1\t1\t1\t1\t0\t1\t1\t9\t9\t-1\t\n" + row(1, 1, "劳动") + row(1, 2, "合同") + row(2, 1, "A4")
    lines = reading_of(answer.encode()).lines
    assert [[word.text for word in line] for line in lines] == [["劳动", "合同"], ["A4"]]
    assert (lines[0][0].left, lines[0][0].height, lines[0][0].confidence) == (10, 40, 0.965)


def test_blank_words_and_control_characters_are_left_out() -> None:
    assert [w.text for w in reading_of((HEAD + row(1, 1, " ") + row(1, 2, "a\x07b")).encode()).words] == ["ab"]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff\xfe\x00rubbish",
        HEAD.encode() + b"5\t1\t1\n",
        HEAD.encode() + row(1, 1, "x", "sure").encode(),
        HEAD.encode() + b"5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96\t\xc3\x28\n",
    ],
)
def test_rubbish_is_a_failure_of_the_engine(answer: bytes) -> None:
    with pytest.raises(EngineFailed) as told:
        reading_of(answer)
    assert told.value.code == "engine-failed"


def test_the_orientation_test_says_how_far_to_turn_clockwise() -> None:
    assert turns_of(b"Page number: 0\nOrientation in degrees: 90\nRotate: 270\nScript: Han\n") == 3


def test_an_orientation_test_that_says_nothing_failed() -> None:
    with pytest.raises(EngineFailed):
        turns_of(b"")


PAPER = Image.new("L", (200, 100), 255)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program of the test's own where tesseract is looked for."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(program))


def read(seconds: float = 5) -> None:
    Tesseract(seconds).read(PAPER, 300, Script.HANS, Arrangement.MIXED)


def test_an_engine_that_crashes_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "kill -SEGV $$")
    with pytest.raises(EngineFailed, match="failed"):
        read()


def test_an_engine_that_hangs_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exec tail -f /dev/null")
    with pytest.raises(EngineFailed) as told:
        read(seconds=1)
    assert "timeout" in str(told.value.details["problem"])


def test_an_engine_that_writes_nothing_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(EngineFailed):
        read()


def test_an_engine_that_complains_in_no_language_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, r"printf '\377\376' >&2; exit 3")
    with pytest.raises(EngineFailed):
        read()


def test_an_engine_that_is_not_there_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(tmp_path / "nothing"))
    with pytest.raises(EngineFailed) as told:
        read()
    assert told.value.code == "engine-missing"


def test_too_little_to_tell_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "echo 'Too few characters. Skipping this page' >&2; exit 1")
    assert Tesseract().turns_to_upright(PAPER, 150) is None


@pytest.mark.slow
def test_the_real_one_is_asked_for_its_version() -> None:
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout
    assert Tesseract().version() in said
