"""Decides what we call a letter or a slip that bears no title (自拟题名): who wrote it, to whom, and what kind it is.

DA/T 18 asks for such titles in square brackets; a person sees them before they are believed.
"""

from __future__ import annotations

import re

from ingest.finders.paper import Line, Paper

_HEAD = 4
_ADDRESSED = re.compile(r"^(?:尊敬的|敬爱的|亲爱的|致|送)?[:\s]*(?P<to>[\u3400-\u9fff()·、]{2,24}?)\s*:$")
_NOBODY = re.compile(
    r"如下|事项|内容|通知|说明|附件|注意|各位|同志们|朋友们|记录|名单|地点|时间|备注|摘要|原因|经过|情况"
)
_SLIPS = {
    "借条": re.compile(r"[今兹现]借(?:到|用|支|款)"),
    "收条": re.compile(r"[今兹现]收到"),
    "欠条": re.compile(r"[今兹现]欠"),
    "领条": re.compile(r"[今兹现]领(?:到|取)"),
    "证明": re.compile(r"(?:兹|特此)证明"),
}


def made_title(paper: Paper, creator: str) -> str | None:
    """[柳立春致青石小学的信], [魏长河的借条]; None where the paper is of neither kind."""
    slip = next((kind for kind, words in _SLIPS.items() if any(words.search(line.plain) for line in paper.first)), "")
    if slip:
        return f"[{creator}的{slip}]" if creator else f"[{slip}]"
    to = next(filter(None, map(_addressee, paper.first[:_HEAD])), "")
    return f"[{creator}致{to}的信]" if to else None


def _addressee(line: Line) -> str:
    match = _ADDRESSED.match(line.plain.strip())
    return "" if match is None or _NOBODY.search(match["to"]) else line.said(match, "to")
