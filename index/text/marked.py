"""Decides how a folded text is kept by engines that know substrings only, so that they keep our rule for words.

Every word of letters bears a mark before it. A leaf of letters only is looked for with its mark, and so from the
beginning of a word; any other leaf bears the marks of the words inside it, and its first word with or without one.
Folding leaves neither the mark nor the border in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.text.analyzer import _WORDS, is_latin

MARK = "\t"
#: Stands between the parts of a page; databases take no NUL.
BORDER = "\x1e"
#: What no database takes as text, and what stands for it on both sides.
_UNKEPT = re.compile("[\0\ud800-\udfff]")
_STANDS_IN = "\ufffd"


def plain(text: str) -> str:
    """A folded text as a database takes it."""
    return _UNKEPT.sub(_STANDS_IN, text)


def marked(text: str) -> str:
    """A folded text with a mark before each word of letters."""
    return _WORDS.sub(MARK + r"\g<0>", plain(text))


def needle(leaf: str) -> str:
    """What to look for in marked texts.

    >>> needle("annual report"), needle("a1 report 7")
    ('\\tannual \\treport', 'a1 \\treport 7')
    """
    found = marked(leaf)
    return found if is_latin(leaf) else found.removeprefix(MARK)


def joined(parts: Iterable[str]) -> str:
    """The marked parts as one text that nothing is found across."""
    return BORDER.join(parts)
