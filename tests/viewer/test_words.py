"""Every sentence of the pages stands in all three languages, with the same places to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import viewer
from index.domain.sentences.all import SENTENCES
from viewer.words import FOLDER, LANGUAGES, catalogue, say
from viewer.words.terms import TERMS

ROOT = Path(viewer.__file__).parent
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def asked() -> set[str]:
    """Every message that a template or a module asks for, and every term."""
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    keywords = {"_": None, "say": None, "N_": None}
    found = extract_from_dir(str(ROOT), methods, keywords=keywords)
    written = {message for _, _, message, _, _ in found if isinstance(message, str) and message.strip()}
    terms = {words for kind in TERMS.values() for words in kind.values()}
    return written | terms | set(_in_tables())


def _in_tables() -> Iterator[str]:
    """Messages that stand in a table and are asked for by name."""
    from viewer.frame import MODULES

    for title, pages in MODULES:
        yield title
        yield from (name for _, name, _ in pages)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert sorted(asked() - set(catalogue(language))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_the_same_places(language: str) -> None:
    places = re.compile(r"\{\w+\}")
    wrong = [
        message
        for message, said in catalogue(language).items()
        if sorted(places.findall(message)) != sorted(places.findall(said))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_translated_twice_in_different_words(language: str) -> None:
    said: dict[str, set[str]] = {}
    for path in (FOLDER / language).glob("*.po"):
        with path.open("rb") as source:
            for message in read_po(source):
                if message.id:
                    said.setdefault(str(message.id), set()).add(str(message.string))
    assert {message: words for message, words in said.items() if len(words) > 1} == {}


def test_traditional_pages_hold_no_simplified_characters() -> None:
    simplified = set("档类题页删关检开个们这时书应图报务专业东严丧临举义乌乐习乡买乱争亏云产亲亿仅从")
    wrong = {said for said in catalogue("zh-Hant").values() if simplified & set(said)}
    assert wrong == set()


def test_every_error_sentence_stands_in_three_languages() -> None:
    assert {code for code, said in SENTENCES.items() if set(said) != set(LANGUAGES)} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_chinese_has_chinese_punctuation(language: str) -> None:
    han, marks = "[\u3400-\u9fff]", "[,;:?!()]"
    beside = re.compile(f"{han} ?{marks}|{marks} ?{han}|[}}”」] ?[,;:?!]( |{han}|$)")
    told = [*catalogue(language).values(), *(said[language] for said in SENTENCES.values())]
    assert [words for words in told if re.search(han, words) and beside.search(words)] == []


def test_an_unknown_message_is_shown_in_english() -> None:
    assert say("zh-Hans", "never asked {n}", n=3) == "never asked 3"
