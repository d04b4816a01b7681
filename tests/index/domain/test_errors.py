"""Every sentence can be said with the details that it names."""

from __future__ import annotations

from string import Formatter

import pytest

from index.domain.errors import Conflict, sentence
from index.domain.sentences.all import SENTENCES


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_sentence_takes_the_details_that_it_names(language: str) -> None:
    for code, said in SENTENCES.items():
        names = {name: f"<{name}>" for _, name, _, _ in Formatter().parse(said[language]) if name}
        told = sentence(code, language, **names)
        assert all(value in told or name == "field" for name, value in names.items())


def test_an_error_may_tell_of_a_code() -> None:
    assert "J101-1" in Conflict("entry-code-taken", code="J101-1").sentence("zh-Hans")
