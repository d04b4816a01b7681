"""The code of a sheet says what was printed, or nothing at all."""

from __future__ import annotations

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.errors import WrongUse
from index.domain.separators import MOST_BYTES, PATCHES, VERSION, Cover, code_of, cover_of, is_sign

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COVERS = st.builds(
    Cover,
    fonds=WORDS,
    pack=WORDS,
    series=WORDS,
    subject_key=WORDS,
    title=WORDS,
    reference_code=WORDS,
    pages=st.integers(0, 99_999),
    by=WORDS,
)


def signed(body: str) -> str:
    return f"{body} {crc32(body.encode()):08X}"


@given(COVERS)
def test_what_was_printed_is_what_is_read(cover: Cover) -> None:
    assert cover_of(code_of(cover)) == cover


@given(COVERS)
def test_a_code_is_one_line_without_blanks_in_its_values(cover: Cover) -> None:
    code = code_of(cover)
    assert len(code.splitlines()) == 1 and 2 <= len(code.split(" ")) <= 3


@given(st.one_of(st.text(), st.text(alphabet="MUNIMENT1 FTC=;%0123456789ABCDEF")))
def test_what_others_print_is_no_sign(text: str) -> None:
    assert is_sign(text) is (text in PATCHES)


@given(COVERS, st.data())
def test_one_wrong_character_makes_it_nobodys(cover: Cover, data: st.DataObject) -> None:
    code = code_of(cover)
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.characters(exclude_characters=code[at], exclude_categories=["Cs"]))
    assert cover_of(code[:at] + other + code[at + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MUNIMENT1",
        "PATCH4",
        "patcht",
        "https://example.org/MUNIMENT1",
        signed("MUNIMENT2 T=题"),
        signed("MUNIMENT1 N=-1"),
        signed("MUNIMENT1 N=1000000"),
        signed("MUNIMENT1 N=²"),
        "x" * (MOST_BYTES + 1),
    ],
)
def test_codes_of_others_say_nothing(text: str) -> None:
    assert cover_of(text) is None


def test_a_separator_says_nothing_but_that_a_document_begins() -> None:
    assert code_of(Cover()) == signed(VERSION)
    assert cover_of("PATCHT") == Cover() and Cover(by="陈档案").plain and not Cover(title="题").plain


def test_a_field_that_a_later_version_adds_is_passed_over() -> None:
    assert cover_of(signed("MUNIMENT1 T=题名;X=new;N=3")) == Cover(title="题名", pages=3)


def test_a_sheet_says_no_more_than_its_code_can_hold() -> None:
    with pytest.raises(WrongUse, match="题"):
        code_of(Cover(title="题" * 300))
