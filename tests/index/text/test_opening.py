"""Which engine is opened, and where the password of its server may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.doctor import _text
from config.settings import load
from config.wiring import Home
from index.domain.errors import WrongUse
from index.text.opening import open_shards, open_text, password_in
from index.text.opensearch.adapter import OpenSearchIndex
from index.text.postgresql.adapter import PostgresIndex
from index.text.shards.adapter import ShardedIndex
from index.text.stock.adapter import WhooshIndex


@pytest.mark.parametrize(
    ("engine", "address", "kind"),
    [
        ("stock", "", WhooshIndex),
        ("postgresql", "postgresql://muniment@db/archive", PostgresIndex),
        ("opensearch", "https://muniment@search:9200", OpenSearchIndex),
    ],
)
def test_the_engine_that_is_set_is_opened(engine: str, address: str, kind: type, tmp_path: Path) -> None:
    opened = open_text(engine, tmp_path, address, "secret")
    assert type(opened) is kind
    opened.close()  # type: ignore[attr-defined]


def test_without_a_setting_it_is_the_fast_one_in_shards(tmp_path: Path) -> None:
    assert type(Home(tmp_path).text) is type(open_shards(tmp_path, 1, 1, 0)) is ShardedIndex


def test_a_password_stands_in_a_file_of_its_owners_or_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("in the file\n")
    file.chmod(0o600)
    assert password_in(str(file), {}) == "in the file"
    assert password_in(str(file), {"MUNIMENT_TEXT_PASSWORD": "in the variable"}) == "in the variable"
    assert password_in("", {}) == ""


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_password_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "password"
    file.write_text("secret")
    file.chmod(mode)
    with pytest.raises(WrongUse, match="A setting is wrong") as told:
        password_in(str(file), {})
    assert "chmod 600" in told.value.sentence("en")


def test_a_password_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="A setting is wrong"):
        password_in(str(tmp_path / "nowhere"), {})


@pytest.mark.parametrize("address", ["postgresql://user:secret@host/db", "https://user:secret@host:9200"])
def test_an_address_with_a_password_is_refused_without_showing_it(tmp_path: Path, address: str) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[text]\naddress = "{address}"\n')
    with pytest.raises(WrongUse, match="A setting is wrong") as told:
        load(settings, {})
    assert "text.password_file" in told.value.sentence("en") and "secret" not in told.value.sentence("en")


@pytest.mark.parametrize("engine", ["postgresql", "opensearch"])
def test_doctor_tells_that_a_server_cannot_be_reached(tmp_path: Path, engine: str, free_port: int) -> None:
    scheme = {"postgresql": "postgresql", "opensearch": "http"}[engine]
    address = f"{scheme}://127.0.0.1:{free_port}"
    (tmp_path / "settings.toml").write_text(f'[text]\nengine = "{engine}"\naddress = "{address}"\n')
    symptom = _text(Home(tmp_path))
    assert (symptom.what, symptom.well) == (f"full text: {engine}", False)
    assert "cannot be reached" in symptom.mend


def test_doctor_is_content_with_an_index_of_its_own(tmp_path: Path) -> None:
    assert _text(Home(tmp_path)).well
