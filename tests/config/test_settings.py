"""What may be set: a misspelt key is told with its file, the environment has the last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import DEFAULTS, load
from index.domain.errors import WrongUse


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refused(place: Path, environment: dict[str, str] | None = None) -> WrongUse:
    with pytest.raises(WrongUse) as told:
        load(place, environment or {})
    assert told.value.code == "bad-setting"
    return told.value


def test_without_a_file_every_setting_has_its_default(place: Path) -> None:
    settings = load(place, {})
    assert (settings.room.timezone, settings.watch.settle_seconds, settings.queue.broker) == (
        "Asia/Shanghai",
        5.0,
        "embedded",
    )


def test_a_file_changes_what_it_names_and_nothing_else(place: Path) -> None:
    place.write_text("[watch]\nsettle_seconds = 2\n")
    settings = load(place, {})
    assert settings.watch.settle_seconds == 2.0 and settings.watch.folder_settle_seconds == 10.0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[ocr]\nengin = 'auto'", "ocr.engin"),
        ("[ocrr]\nengine = 'auto'", "ocrr"),
        ("[watch]\nsettle_seconds = -1", "watch.settle_seconds"),
        ("[watch]\nsettle_seconds = 'soon'", "watch.settle_seconds"),
        ("[viewer]\nport = 70000", "viewer.port"),
        ("[room]\nlanguage = 'fr'", "room.language"),
        ("[room]\ntimezone = 'Asia/Shangai'", "room.timezone"),
        ("[room]\ntimezone = '../etc/passwd'", "room.timezone"),
        ("room = 5", "room"),
        ("[ocr\n", "?"),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_key(place: Path, text: str, key: str) -> None:
    place.write_text(text)
    error = refused(place)
    assert error.details["key"] == key
    assert str(place) in error.sentence("en") and key in error.sentence("zh-Hans")


def test_a_file_written_in_gbk_is_told_and_no_crash(place: Path) -> None:
    place.write_bytes("[room]\nname = '档案室'\n".encode("gbk"))
    assert refused(place).details["file"] == place


def test_a_file_written_by_notepad_is_read(place: Path) -> None:
    place.write_bytes(b"\xef\xbb\xbf" + "[room]\nname = '校史室'\n".encode())
    assert load(place, {}).room.name == "校史室"


def test_the_environment_beats_the_file(place: Path) -> None:
    place.write_text("[ocr]\nengine = 'auto'\n[viewer]\nhosts = ['a']")
    environment = {
        "MUNIMENT_OCR__ENGINE": "tesseract",
        "MUNIMENT_VIEWER__HOSTS": "x,y",
        "MUNIMENT_VIEWER__HTTPS": "true",
    }
    settings = load(place, {**environment, "MUNIMENT_HOME": "/anywhere", "PATH": "/bin"})
    assert settings.ocr.engine == "tesseract"
    assert settings.viewer.hosts == ["x", "y"] and settings.viewer.https


def test_a_misspelt_variable_is_told_as_such(place: Path) -> None:
    error = refused(place, {"MUNIMENT_OCR__ENGIN": "tesseract"})
    assert error.details == {"file": "the environment", "key": "ocr.engin", "problem": error.details["problem"]}


def test_every_default_stands_in_the_file_of_defaults(place: Path) -> None:
    place.write_text(DEFAULTS.read_text())
    assert load(place, {}) == load(place.with_name("none"), {})
