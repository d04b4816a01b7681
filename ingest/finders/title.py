"""Decides which title (题名) a document bears: large and centred at the top, or in the words titles are made of.

A paper without one gets a title made by us, in square brackets, as DA/T 18 asks; nobody should believe it unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.domain.dates import dates_in
from index.domain.description import Evidence, Value
from index.domain.folding import join_lines
from index.domain.reading import Box
from ingest.finders.body_names import is_body
from ingest.finders.caption import caption
from ingest.finders.document_number import document_number
from ingest.finders.document_type import document_type
from ingest.finders.latin_creator import is_latin_body
from ingest.finders.paper import Line, Paper
from ingest.finders.rows import around

SELF_MADE = 0.2
_LOWEST = 0.6
"""How far down the first page a title may begin."""
_FEWEST, _FEWEST_LATIN, _MOST = 2, 4, 70
_LARGE, _SOMEWHAT_LARGE = 1.22, 1.12
_ALIKE, _ALIKE_LATIN = 0.2, 0.35
_LEADING = 1.8
"""How far apart, in heights of a line, the lines of one title are set."""
_FULL = 0.62
"""How wide, against the sheet, a line is that had to be broken."""
_MOST_CELLS, _PAIR = 1, 2
"""A title is not parted into cells as the rows of a table are."""
_BESIDE_NUMBER = 8
"""Characters beside a number with which a line is more than the paper's number (月报第12期, Certificate No. 12)."""
_NO_TITLE = "无题名"

_NEVER = re.compile(
    r"^(?:已记账$|(?:现金|银行|转账)?[收付]讫|作废$|复印件|与原件|密\s*级|机密|秘密|绝密|特急|加急|平急|急件|签发人|附件\s*[0-9一二三四五六七八九十]*[:]?$|第?\s*\d+\s*页|共\s*\d+\s*页"
    r"|[-—–·\s]*\d{1,4}[-—–·\s]*$|档\s*号|编\s*号|[(]?\s*\d{4}\s*年.{0,8}日\s*[)]?$|(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?$|.{1,12}[(]+\d{4}[)].{1,6}号$|\(?[0-9一二三四五六七八九十]{1,3}[).、](?!\d)|根据|按照|依据|为了|兹|现将|no\.?\s|ref)",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(r"文\s*件$")
_YEAR = re.compile(r"(?<![0-9A-Za-z])[12Zz][09OoQ][0-9OolIZSB]{2}(?=年|学年|-)")
_DIGITS = str.maketrans("ZzOoQlISB", "220001158")
_NUMERALS = "〇一二三四五六七八九"
_YEAR_LOST = re.compile(
    r"(?<![〇一二三四五六七八九十百千年第])[一二][〇一二三四五六七八九]{1,2}(?=年度?[^级期制]|学年)"
)
_ABOUT_LOST = re.compile(r"^[于於].{3,60}的(?:通知|通报|报告|请示|批复|批覆|意见|决定|函|通告)$")
#: 关于我们—一某公司: half of a dash taken for a numeral.
_DASH_LOST = re.compile(r"(?<=[^\W\d〇一二三四五六七八九十])[—–-]一(?=[^\W\d〇一二三四五六七八九十年月日])")
_LABEL = re.compile(r"^.{1,8}[:]")
_SENTENCE = re.compile(r"[。;;!!]|[,,].*[,,]|(?<![ .][A-Za-z])(?<!\bNo)(?<!Mr|Ms|Dr|Co)(?<!Mrs|Nos|Ltd)[.]\s")
_GOES_ON = re.compile(r"[的之(]")
_EDGES = " *★☆_|“”\"'.,、,·-—~^:"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff]")
#: 关于《…章程》 goes on: what is asked or told about it has yet to come.
_ABOUT_ENDS = re.compile(r"(?:的|[^<>]{2,}(?:征求意见|补充))[\u3400-\u9fff]{1,6}$")
_ABOUT = re.compile(r"(?:关于|转发|印发|批转)")
_GREETING = re.compile(r"(?:Dear|Gentlemen)\b|(?:To|Attn)\s*:")
_SUBJECT, _BELOW_GREETING = 0.7, 0.3
_TOP, _FEW_WORDS, _SHORTEST_FULL = 3, 3, 0.45
_PUNCTUATED = re.compile(r"[,。;:!?、,;:]")
_NOUN, _LARGE_SAYS, _LEAST = 0.3, 0.35, 0.3
_STEPS = ((0.95, 0.97), (0.8, 0.94), (0.6, 0.9), (0.5, 0.82), (0.4, 0.66), (0.0, 0.5))


def title(paper: Paper) -> Value:
    """The title with its evidence on the page, or one made from the first words, in [ ]."""
    captioned = caption(paper)
    if captioned:
        return captioned
    head = [line for line in paper.first if line.top <= _LOWEST][:25]
    number = document_number(paper)
    place = number.evidence.words if number and number.evidence else None
    subject, above = _subject_line(head), _below_greeting(head)
    ranked = [
        (_score(line) + _SUBJECT * (at == subject) + _BELOW_GREETING * (at == above), -at, at)
        for at, line in enumerate(head)
        if _may_be(line, place) and not _is_half_of_body(head, at)
    ]
    if not ranked:
        return self_made(paper)
    score, _, at = max(ranked)
    lines = _whole_subject(head, at) if at == subject else _whole(head, at)
    words = join_lines("\n".join(line.text for line in lines)).text.strip(_EDGES)
    score += _NOUN if len(lines) > 1 and document_type(words) and not document_type(head[at].text) else 0.0
    if score < _LEAST:
        return self_made(paper)
    return Value(_put_right(words, paper), _sure(score), Evidence(words, lines[0].page, _around(lines), "title"))


def _put_right(words: str, paper: Paper) -> str:
    """What OCR makes of a year at hand (Z005年, 二一年), and 关于 whose first character is lost."""
    words = _YEAR.sub(lambda year: year[0].translate(_DIGITS), words)
    words = _YEAR_LOST.sub(lambda year: _whole_year(year[0], paper), words)
    words = _DASH_LOST.sub("——", words)
    return f"关{words}" if _ABOUT_LOST.match(words) else words


def _whole_year(read: str, paper: Paper) -> str:
    """二一年 in a paper of 2010 is 二〇一〇年: engines overlook the 〇, which is a ring."""
    years = {found.date.year for line in paper.lines for found in dates_in(line.plain)}
    written = ("".join(_NUMERALS[int(digit)] for digit in str(year)) for year in sorted(years, reverse=True))
    return next((year for year in written if year.replace("〇", "") == read.replace("〇", "")), read)


def self_made(paper: Paper) -> Value:
    """A title of our own from the first words of the paper, in square brackets (DA/T 18)."""
    said = [line for line in paper.lines if len(line.text.strip()) > 3]
    first = next((line for line in said if _may_be(line, None) and not is_body(line.text)), said[0] if said else None)
    if first is None:
        return Value(f"[{_NO_TITLE}]", 0.05)
    words = re.split(r"[。;;,,!!]", first.text.strip(), maxsplit=1)[0][:24].strip("[]〔〕 ")
    return Value(f"[{words or _NO_TITLE}]", SELF_MADE, first.evidence("self-made-title"))


def is_self_made(title: str) -> bool:
    """Whether a title was made by the archive, not found on the paper."""
    return title.startswith("[") and title.endswith("]")


def _may_be(line: Line, number: str | None) -> bool:
    text = line.plain.strip()
    if not _FEWEST <= len(text) <= _MOST or _NEVER.match(text) or _holds_number(line, number):
        return False
    if not _HAN.search(text) and len(_LETTERS.findall(text)) < _FEWEST_LATIN:
        return False
    return not _LETTERHEAD.search(text) or bool(_ABOUT.search(text))


def _subject_line(head: Sequence[Line]) -> int:
    """Where a letter in Latin letters says what it is about: below whom it greets or is written to; -1 for nowhere."""
    below = (at for at, line in enumerate(head) if at and _GREETING.match(head[at - 1].text) and _is_subject(line))
    return next(below, -1)


def _below_greeting(head: Sequence[Line]) -> int:
    """Where a letter says in the middle, below whom it is written to, what it is about; -1 for nowhere."""
    greeted = (at for at in range(1, min(_TOP, len(head))) if head[at - 1].plain.rstrip().endswith(":"))
    said = (at for at in greeted if head[at].centred and len(head[at].cells) == 1)
    return next((at for at in said if not _PUNCTUATED.search(head[at].plain) and not dates_in(head[at].plain)), -1)


def _whole_subject(head: Sequence[Line], at: int) -> list[Line]:
    """The line on which such a letter says it, and a few words on the next that did not fit."""
    box = head[at].box
    full = box is not None and box.w > _SHORTEST_FULL
    rest = [line for line in head[at + 1 : at + 2] if _is_subject(line) and len(line.text.split()) <= _FEW_WORDS]
    return [head[at], *rest] if full else [head[at]]


def _is_half_of_body(head: Sequence[Line], at: int) -> bool:
    """Whether the line is the beginning of a name that goes on below it: Lakeview Consulting / Engineers."""
    pair = head[at : at + 2]
    whole = len(pair) == _PAIR and is_latin_body(" ".join(line.text for line in pair))
    alike = whole and min(line.size for line in pair) >= _LARGE and abs(pair[0].size / pair[1].size - 1) < _ALIKE
    return alike and not document_type(pair[0].text)


def _is_subject(line: Line) -> bool:
    said = line.text.strip()
    return said.isascii() and said[:1].isupper() and not said.endswith((".", ",", ":")) and len(said) < _MOST


def _holds_number(line: Line, number: str | None) -> bool:
    return bool(number) and str(number) in line.text and len(line.text) - len(str(number)) < _BESIDE_NUMBER


def _score(line: Line) -> float:
    """How much a line looks like a title: its size and place, the words it is made of; sentences and labels do not."""
    text = line.plain.strip()
    kind = document_type(text)
    says = (
        (_LARGE_SAYS, line.size >= _LARGE),
        (0.1, line.size >= 1.5),
        (0.2, line.centred),
        (0.3, bool(_ABOUT.search(text))),
        (_NOUN, bool(kind)),
        (0.2, bool(kind) and len(text) <= 12),
        (0.15, text.isascii() and (text.isupper() or text.istitle())),
        (-0.3, len(text) > 45 or not _LETTERS.search(text)),
        (-0.45, bool(_SENTENCE.search(text))),
        (-0.5, bool(_LABEL.match(text))),
        (-0.5, is_body(text) and not kind),
        (-0.7, is_latin_body(text) and not kind),
        (-0.5, len(line.cells) > _MOST_CELLS),
        (-0.2, 0 < line.size < 0.95),
        (-0.15, 0 < line.size < _SOMEWHAT_LARGE and not line.centred),
    )
    return sum(weight for weight, holds in says if holds)


def _whole(head: Sequence[Line], at: int) -> list[Line]:
    """The line with those above and below that belong to it: titles are set over two or three lines."""
    first = last = at
    while first > 0 and first > at - 2 and _continues(head[first - 1], head[first]):
        first -= 1
    while last + 1 < len(head) and last < at + 3 and _continues(head[last], head[last + 1]):
        last += 1
    return list(head[first : last + 1])


def _continues(upper: Line, lower: Line) -> bool:
    """Whether `lower` goes on with the title that `upper` holds a part of; the body it is of may stand above it."""
    if not (_may_be(upper, None) and (_may_be(lower, None) or _is_remainder(upper, lower))):
        return False
    if _spoils(upper) or _spoils(lower) or is_body(lower.text) or is_latin_body(upper.text):
        return False
    if _is_whole(upper) and not _GOES_ON.match(lower.plain) and not lower.plain.isascii():
        return False
    if upper.size and lower.size:
        return _near(upper, lower) and (_alike(upper, lower) or _are_all_there_is(upper, lower))
    return bool(_ABOUT.search(upper.plain)) and bool(document_type(lower.text)) and len(lower.text) < 40


def _is_whole(line: Line) -> bool:
    """Whether a title ends on this line: it names its kind, and did not have to be broken at the edge of the paper."""
    kind = document_type(line.text)
    said = line.plain.rstrip(')>"')
    return bool(kind) and not _fills(line) and (not _ABOUT.match(said) or bool(_ABOUT_ENDS.search(said)))


def _fills(line: Line) -> bool:
    return line.box is not None and line.box.w >= _FULL


def _is_remainder(upper: Line, lower: Line) -> bool:
    """Whether it is the last character of a title that did not fit on its line: 通 / 知."""
    return len(lower.text.strip()) == 1 and bool(_HAN.search(lower.text)) and _fills(upper)


def _are_all_there_is(upper: Line, lower: Line) -> bool:
    """Whether both stand in the middle where so little is written that a title is what most of the paper is set in."""
    alike = abs(upper.size / lower.size - 1) < _ALIKE and upper.centred and lower.centred
    return alike and bool(document_type(lower.text)) and not document_type(upper.text)


def _alike(upper: Line, lower: Line) -> bool:
    """Whether both are set in one size; letters are measured by what hangs and stands out of them, so more roughly."""
    most = _ALIKE_LATIN if lower.text.isascii() else _ALIKE
    return abs(upper.size / lower.size - 1) < most and min(upper.size, lower.size) >= _SOMEWHAT_LARGE


def _spoils(line: Line) -> bool:
    return bool(_SENTENCE.search(line.plain) or _LABEL.match(line.plain)) or len(line.cells) > _MOST_CELLS


def _near(upper: Line, lower: Line) -> bool:
    if upper.box is None or lower.box is None:
        return True
    return lower.box.y - (upper.box.y + upper.box.h) < _LEADING * max(upper.box.h, lower.box.h)


def _around(lines: Sequence[Line]) -> Box | None:
    return around(line.box for line in lines if line.box)


def _sure(score: float) -> float:
    return next(sure for least, sure in _STEPS if score >= least)
