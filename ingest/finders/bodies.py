"""Decides which body (a firm, shop, hospital) a paper is about: by its label, its place, or because there is but one.

Names without 公司 or the like are only taken from forms that say whose they are; a body that is only mentioned is
proposed, not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.domain.description import Value
from index.domain.placing.terms import nearest
from ingest.finders.filled_in import BARE_LABEL, filled_in
from ingest.finders.firm_names import FORM_WORD, firms_in, is_overlong, loose_name, party_names
from ingest.finders.flowing import LARGE, flowing
from ingest.finders.known_names import by_most, is_misread
from ingest.finders.latin_firms import latin_firms
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.standing import (
    CELL,
    HEADS,
    LABELLED,
    MENTIONED,
    ROLED,
    TITLED,
    advises,
    is_department,
    is_of_others,
    is_of_the_state,
    says_of_place,
    serves_others,
)

_LEAST = 2
#: What engines make of 有限, and a name in which a character could not be read.
_MISREAD_END = re.compile(r"(?:有[^限公]|有(?=公司$)|(?<!有)[^有份公]?限)(?=(?:责任)?公司$)")
_UNREAD = re.compile(r"[□■�○]")
_UNREADABLE, _GUESSED = 0.6, 0.55
"""What a name is worth with a character that could not be read, and the confidence at which a reader only guesses."""
_SOLE, _SOLE_OF_FORM, _MENTIONED_OFTEN, _MOST = 0.72, 0.87, 0.76, 0.96
"""What the only body beside ours is worth, that only one is filled in, and any that is mentioned however often."""
_SAFE_GAP = 0.25
_FULL_NAME = 8
"""From so many characters on a name that stands clean is taken for the whole."""
_SERVING = 0.55
"""What a builder or a lawyer is worth beside the body that it works for or writes to."""
_FIRST_PARTY, _SECOND_PARTY = (
    re.compile(r"(?:甲方|出租方|授权方)(?:\([^)]{1,6}\))?\s*:?\s*$"),
    re.compile(r"乙方(?:\([^)]{1,6}\))?\s*:?\s*"),
)
#: How those write to us who do not spell our name.
_TO_US = re.compile(
    r"^(?:致|呈|送)?[:\s]*(?:贵|[\u3400-\u9fff]{0,8}(?:物业|管理))(?:处|部|中心|公司|管理处|服务中心|客服中心)\s*:$"
)
_EVERYBODY = re.compile(
    r"^(?:各|全体|诸|有关|相关|所有)|^(?:客户|顾客|租户|商户|业主|用户|先生|女士|领导|同志|朋友|阁下)|(?:先生|女士|同志|经理|主任|局长|校长)$"
)
_NOT_A_NAME = re.compile(
    r"^(?:名称|姓名|联系|电话|地址|日期|部门|职务|编号|签字|签名|盖章|签章|意见|情况|性质|类[型别]|等级|地址|电话|资料|档案|登记|信息)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A name as the paper spells it, how much its place says, and its line."""

    name: str
    says: float
    line: Line
    writes: bool = False
    """Whether it stands alone on its line: at the head or the foot of what it wrote."""


def body_of(paper: Paper, own: str) -> Value | None:
    """The body a paper is about: the one that a label names or that is written to, else the only or the usual one."""
    found = _weighed([*_named(paper, own), *_filled_in(paper, own)] or [_Found(*one) for one in latin_firms(paper)])
    sure = {name: _together(places) for name, places in _by_name(found).items()}
    ranked = sorted(sure, key=lambda name: -sure[name])
    if not ranked:
        return None
    best, rival = ranked[0], sure[ranked[1]] if len(ranked) > 1 else 0.0
    line = next(one.line for one in found if one.name == best)
    spelt = _MISREAD_END.sub("有限", by_most(best, paper))
    worth = max(sure[best], _as_sole(best, found))
    doubt = 0.0 if worth > sure[best] else max(0.0, _SAFE_GAP - (worth - rival))
    worth = min(worth, _MOST) * (_UNREADABLE if _is_unread(line, best, spelt) else 1.0)
    return Value(
        spelt, round(min(worth, _SOLE if is_overlong(plain(best)) else 1.0) - doubt, 3), line.evidence("subject", best)
    )


def _weighed(found: list[_Found]) -> list[_Found]:
    """What was found, less of those who come to work for another that is named, and of whoever only wrote about one.

    A lawyer's head stands large over a letter to the tenant; a guarantor signs for the customer whose debt it is.
    """
    return [replace(one, says=min(one.says, _most(one, found))) for one in found]


def _most(one: _Found, found: list[_Found]) -> float:
    others = [other for other in found if not other.name.endswith(one.name) and not one.name.endswith(other.name)]
    rivals = [other.says for other in others if not (serves_others(other.name) or is_of_the_state(other.name))]
    strongest = max(rivals, default=0.0)
    if one.writes and advises(one.name):
        return min(_SERVING if strongest >= MENTIONED else CELL, CELL)
    if serves_others(one.name) and strongest >= (MENTIONED if one.writes or one.says < ROLED else ROLED):
        return _SERVING
    if serves_others(one.name) and strongest >= MENTIONED:
        return HEADS
    return HEADS if one.writes and strongest >= MENTIONED else 1.0


def _by_name(found: list[_Found]) -> dict[str, list[_Found]]:
    """What was found of each body: 同泽公司 is taken for the 白石同泽公司 that the paper names as well."""
    bodies: dict[str, list[_Found]] = {}
    clean = {one.name for one in found if one.says >= HEADS}
    for one in found:
        name = _whole(one.name, [other.name for other in found], clean)
        bodies.setdefault(name, []).append(one)
    return bodies


def _whole(name: str, names: list[str], clean: set[str]) -> str:
    """The fullest of the names that end so; a long one that stands clean somewhere needs nothing that leads to it."""
    within = [other for other in clean if name.endswith(other) and len(other) >= _FULL_NAME]
    fullest = max((other for other in names if other.endswith(name)), key=len)
    return min(within, key=len) if within and name not in clean else name if name in within else fullest


def _together(places: list[_Found]) -> float:
    """What several places say together: mentions alone, however many, do not make it sure."""
    wrong = 1.0
    for one in places:
        wrong *= 1 - one.says
    return 1 - wrong if max(one.says for one in places) >= TITLED else min(1 - wrong, _MENTIONED_OFTEN)


def _as_sole(best: str, found: list[_Found]) -> float:
    """What it is worth as the only body beside ours, or as the only one that is filled in on a form."""
    filled = {one.name for one in found if one.says >= CELL}
    others = [one for one in found if not best.endswith(one.name)]
    if (
        filled == {best}
        and all(one.says < HEADS for one in others)
        and not (serves_others(best) or is_of_the_state(best))
    ):
        return _SOLE_OF_FORM
    return 0.0 if others else _SOLE


def _is_unread(line: Line, name: str, spelt: str) -> bool:
    return line.least_of(name) < _GUESSED or bool(_UNREAD.search(plain(spelt)))


def _filled_in(paper: Paper, own: str) -> Iterator[_Found]:
    """Names of any form (小满咖啡馆) where the form, the address or the receipt says whose they are."""
    for name, line in filled_in(paper):
        said = plain(name)
        if _may_be_firm(said, own) and not _EVERYBODY.search(said) and not any(firms_in(said)):
            yield _Found(name, LABELLED, line)


def _named(paper: Paper, own: str) -> Iterator[_Found]:
    """Every firm named beside ours, as the paper spells it, with how much its place says."""
    second, above, to_us = _second_party_is(own, paper), "", _is_written_to(own, paper)
    for line in flowing(paper):
        for name, begin, end in firms_in(line.plain):
            before, behind = line.plain[:begin] or above, line.plain[end:]
            party = second and _FIRST_PARTY.search(before)
            ours = is_department(before, name, plain(own))
            if _may_be_firm(name, own) and not ours and (party or not is_of_others(before)):
                alone = to_us and not before.strip() and not behind.strip()
                says = LABELLED if party else TITLED if alone else says_of_place(before, behind, name)
                says = max(says, TITLED) if line.size >= LARGE else says
                yield _Found(line.text[begin:end], says, line, line.plain.strip(" .·") == name)
        if not is_of_others(line.plain.split(":")[0]):
            named = (name for name in party_names(line.plain) if _may_be_firm(name, own))
            yield from (_Found(_as_spelt(name, line), ROLED, line) for name in named)
        loose = loose_name(line.plain.strip(" .·")) if to_us or line.size >= LARGE else ""
        if loose and _may_be_firm(loose, own):
            yield _Found(_as_spelt(loose, line), TITLED, line, writes=True)
        above = line.plain if BARE_LABEL.fullmatch(line.plain) else ""


def _as_spelt(name: str, line: Line) -> str:
    at = line.plain.index(name)
    return line.text[at : at + len(name)]


def _is_written_to(own: str, paper: Paper) -> bool:
    """Whether it is a letter to us: then whoever heads or signs it is the one it is about."""
    ours = plain(own)
    owing = re.compile(rf"(?:欠|借|欠到|借到){re.escape(ours)}")
    return any(
        _TO_US.match(line.plain) or (ours and (line.plain.strip(" :致") == ours or owing.search(line.plain)))
        for line in paper.first
    )


def _second_party_is(own: str, paper: Paper) -> bool:
    """Whether we are the second party (乙方): then the first one is the other."""
    ours = plain(own)
    behind = (line.plain[match.end() :] for line in paper.lines for match in _SECOND_PARTY.finditer(line.plain))
    return bool(ours) and any(words.startswith(ours) for words in behind)


def _may_be_firm(name: str, own: str) -> bool:
    return may_be_name(name, own) and not (own and _is_ours(name, plain(own)))


def _is_ours(name: str, ours: str) -> bool:
    """Whether it is our own name, part of it, a department of ours, or our name misread."""
    near = nearest(ours, name)
    return ours in name or name in ours or (near is not None and is_misread(near))


def may_be_name(name: str, own: str) -> bool:
    """Whether it is neither a label, nor the name of a form, nor our own."""
    bare = plain(name).strip()
    return len(bare) >= _LEAST and not _NOT_A_NAME.match(bare) and not FORM_WORD.search(bare) and bare != plain(own)
