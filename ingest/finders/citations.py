"""Decides which other documents a paper cites as parts of its set: what it answers, forwards, encloses, translates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.domain.placing.relations import Bond, Citation
from ingest.finders.paper import Line, Paper

_NUMBER = r"(?P<number>[\u3400-\u9fff]{1,14}\s?[(\[<]\s?(?:19|20)\d\d\s?[)\]>]\s?第?\d{1,5}号)"
_QUOTED = rf"[<《](?P<title>[^<>《》\n]{{4,90}})[>》]\s*(?:\({_NUMBER}\))?"
_ANSWERED = re.compile(rf"{_QUOTED}\s*(?:已?收悉|收到|悉)")
_ANSWERED_NUMBER = re.compile(rf"(?:来文|来函|请示|报告)?\s*\(?{_NUMBER}\)?[^。]{{0,16}}(?:收悉|收到)")
_FORWARDED = re.compile(rf"(?:现将|将)[^。<《]{{0,40}}{_QUOTED}[^。]{{0,12}}(?:转发|印发|批转)")
_REPLIES = re.compile(r"(?P<about>关于.{2,60}?)的(?:批复|复函|答复)$")
_FORWARDS = re.compile(
    r"(?:转发|批转)(?P<title>[^<>《》]*?(?:关于|印发).{2,80}?的(?:通知|意见|通报|决定|公告|函|报告))(?:的通知)?$"
)
_FORWARDS_QUOTED = re.compile(r"(?:转发|批转)[^<《]{0,24}[<《](?P<title>[^<>《》]{4,90})[>》]")
_ENCLOSES = re.compile(
    r"^附\s?件?\s?(?:\d{0,2}|[一二三四五六七八九十]?)\s?:\s*(?:(?:\d{1,2}|[一二三四五六七八九十])\s?[.、]\s?)?(?P<title>.{3,60})$"
)
_NEXT_ENCLOSED = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十])\s?[.、]\s?(?P<title>.{3,60})$")
_IS_ATTACHED = re.compile(r"^附\s?件\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?:?$")
_ATTACHED_TO = re.compile(rf"{_QUOTED}[^。]{{0,4}}(?:的)?附件")
_IS_TRANSLATED = re.compile(
    r"\((?:中?译文|中文译本|译本|翻译件)\)|^(?:中?译文|译文[:]?)$|translation(?:\s+of\b)?", re.IGNORECASE
)
_HEAD = 4
_SIGNED = 3
"""Lines of a page at most that only goes on with the end of a text: the attachments, who signs, the day."""
_EDGES = " .。;;"
_SURE, _BY_TITLE, _BESIDE = 0.95, 0.85, 0.7


def citations(paper: Paper, title: str = "") -> tuple[Citation, ...]:
    """What the paper says of the others in its set, each once, the surest first; `title` is its own."""
    found = (
        *_answered(paper, title),
        *_forwarded(paper, title),
        *_enclosed(paper),
        *_attached(paper),
        *_translated(paper, title),
    )
    ranked = sorted(found, key=lambda one: (one.confidence, len(one.title)))
    once = {(one.bond, one.number or one.title): one for one in ranked}
    return tuple(sorted(once.values(), key=lambda one: -one.confidence))


def _cited(bond: Bond, line: Line, match: re.Match[str], sure: float) -> Citation:
    """A citation as it stands; one that gives the number is surer than one by title alone."""
    parts = match.groupdict()
    number = line.said(match, "number") if parts.get("number") else ""
    title = line.said(match, "title").strip(_EDGES) if parts.get("title") else ""
    return Citation(bond, number, title, _SURE if number else sure, line.said(match), line.page)


def _answered(paper: Paper, title: str) -> Iterator[Citation]:
    """关于…的批复 answers 关于…的请示: what it says it received, else the request of its own title."""
    found = [
        _cited(Bond.REPLY, line, match, _BY_TITLE)
        for line in _joined(paper)
        if (match := _ANSWERED.search(line.plain) or _ANSWERED_NUMBER.search(line.plain))
    ]
    own = _REPLIES.search(title)
    yield from found
    if own and not found:
        yield Citation(Bond.REPLY, "", f"{own['about']}的请示", _BESIDE, title)


def _forwarded(paper: Paper, title: str) -> Iterator[Citation]:
    found = [
        _cited(Bond.FORWARDING, line, match, _BY_TITLE)
        for line in _joined(paper)
        if (match := _FORWARDED.search(line.plain))
    ]
    own = _FORWARDS_QUOTED.search(title) or _FORWARDS.search(title)
    yield from found
    if own and not found:
        yield Citation(Bond.FORWARDING, "", own["title"], _BESIDE, title)


def _enclosed(paper: Paper) -> Iterator[Citation]:
    """The list behind 附件: at the end of a text, one title a line, but those that follow on pages of their own."""
    here = {name for page in paper.pages[1:] for name in _headed(page)}
    for page in paper.pages:
        listing = False
        for line in page:
            match = _ENCLOSES.match(line.plain.strip()) or (listing and _NEXT_ENCLOSED.match(line.plain.strip()))
            listing = bool(match)
            if match and match["title"].strip(_EDGES) not in here:
                yield Citation(Bond.ENCLOSING, "", match["title"].strip(_EDGES), _BY_TITLE, line.text, line.page)


def _headed(page: Sequence[Line]) -> Iterator[str]:
    """What a page is called that is an attachment itself: behind 附件 or below it, with more than a signature after."""
    lines = [line.plain.strip() for line in page]
    if len(lines) <= _SIGNED:
        return
    named = _ENCLOSES.match(lines[0])
    if named:
        yield named["title"].strip(_EDGES)
    elif _IS_ATTACHED.match(lines[0]):
        yield lines[1].strip(_EDGES)


def _attached(paper: Paper) -> Iterator[Citation]:
    """附件 alone at the head: it belongs to the paper before it, unless it says to which."""
    for line in paper.first[:_HEAD]:
        named = _ATTACHED_TO.search(line.plain)
        if named:
            yield _cited(Bond.ATTACHMENT, line, named, _BY_TITLE)
        elif _IS_ATTACHED.match(line.plain.strip()):
            yield Citation(Bond.ATTACHMENT, "", "", _BESIDE, line.text, line.page)


def _translated(paper: Paper, title: str) -> Iterator[Citation]:
    for line in paper.first[:_HEAD]:
        if _IS_TRANSLATED.search(line.plain):
            yield Citation(Bond.TRANSLATION, "", "", _BESIDE, line.text, line.page)
            return


def _joined(paper: Paper) -> Iterator[Line]:
    """Each line with the two below it: what is quoted is seldom set on one line."""
    for page in paper.pages:
        for at, line in enumerate(page):
            text = "".join(one.text for one in page[at : at + 3])
            yield Line(text, line.page, line.box, line.size, line.confidence)
