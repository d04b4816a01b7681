"""Decides which title a caption gives as such: 题名 below a photograph, 图名 in the title block of a drawing.

A caption is believed before what stands large: a drawing is headed 竣工图, and called what its title block says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.domain.description import Value
from ingest.finders.paper import Line, Paper, plain

_SURE = 0.9
_OF_PLAN = r"(?:工程|图纸)?\s*图\s*名(?:称)?"
_OF_MEDIUM = r"(?:照片|图片|相片|录音|录像|影像|声像)\s*(?:题\s*名|标\s*题|名\s*称)|片\s*名(?:称)?"
#: On a slip or a list that has a head of its own these tell of other papers.
_OF_PAPERS = r"(?:文件|档案|资料)?\s*(?:题\s*名|标\s*题)"
#: What a letter sent by wire is about.
_OF_MAIL = r"(?:邮件)?主\s*题|Subject"
_MAIL = re.compile(r"(?:发件人|收件人|From|To)\s*:")
_OF_MEDIA = re.compile(r"照片|相片|图片|底片|录音|录像|声像|影像|影集|相册|光盘")
_LARGE, _SHORT = 1.5, 6
#: What is called 名称 on a drawing is its title; in any other form it is a thing or a firm.
_OF_DRAWING = r"(?:图纸|图样|零件|部件|产品)?\s*名\s*称"
_DRAWN = re.compile(
    r"技术要求|比\s*例\s*:?\s*\d|[图代]\s*号.*比\s*例|比\s*例.*[图代]\s*号|第\s*\d\s*张|共\s*\d\s*张|设\s*计.*(?:校|审|制\s*图|描\s*图)"
)
_BEHIND = r"(?:\s*(?:时间|日期|地点|摄影者?|拍摄者?|作者|人物|背景|图号|页数|档号)\s*:.*)?$"
_TITLE = r"(?P<title>[^:]{3,60}?)"
_FEWEST = 3
_EDGES = " *★☆_|\"'.,、,·-—~^:"


def caption(paper: Paper) -> Value | None:
    """The title that a label gives, in its cell, beside it or behind a colon."""
    drawing = [_OF_DRAWING] if _is_drawing(paper) else []
    mail = [_OF_MAIL] if sum(bool(_MAIL.match(line.plain)) for line in paper.first) > 1 else []
    labels = "|".join((_OF_PLAN, *drawing, *mail, *([] if _is_headed(paper) else [_OF_MEDIUM, _OF_PAPERS])))
    labels = rf"(?:{labels})"
    return next((found for line in paper.lines for found in _captions(line, labels)), None)


def _is_drawing(paper: Paper) -> bool:
    return any(_DRAWN.search(line.plain) for line in paper.first)


def _is_headed(paper: Paper) -> bool:
    """Whether something stands large at its head that is more than the name of a medium (照片说明)."""
    large = (line for line in paper.first if line.size >= _LARGE)
    return any(len(line.text) > _SHORT or not _OF_MEDIA.search(line.plain) for line in large)


def _captions(line: Line, labels: str) -> Iterator[Value]:
    for label, said in pairwise(line.cells):
        if re.fullmatch(rf"{labels}\s*:?", plain(label)) and len(said) >= _FEWEST:
            yield Value(said, _SURE, line.evidence("title", said))
    within = re.match(rf"^{labels}\s*:\s*(?P<title>.{{3,60}}?){_BEHIND}", line.plain)
    fused = re.match(rf"^(?:{labels}){_TITLE}{_BEHIND}", line.plain) if len(line.cells) == 1 else None
    for match in filter(None, (within, fused)):
        said = line.said(match, "title").strip(_EDGES)
        yield Value(said, _SURE, line.evidence("title", said))
