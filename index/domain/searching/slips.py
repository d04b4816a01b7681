"""Decides which other words a hand may have meant: characters that sound or look alike, one too many, two swapped.

What sounds alike is told here; what looks alike is what readers of paper take for one another (`look_alikes`), as far
as it is sure. Nothing here is searched unasked: whoever offers one of these has looked first whether the reader may see
a page with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.domain.folding import folded
from index.domain.searching.look_alikes import look_alikes
from index.domain.searching.words import FIELDS

#: Characters that are typed for one another because they sound alike, in archives' words above all (账册/帐册,
#: 签订/鉴定, 即使/既使).
_ALIKE = (
    "账帐胀 档挡党 案按 竟竞境 札扎 辩辨辫 练炼 副付 备倍 即既 签鉴 订定 制治致 历厉 作做 象像相 需须 那哪 再在 的地得 "
    "他她它 权全 员源 薪新 期其 记计 划画 会汇 章张 申审 决绝 函涵 令另 报抱 检捡险 察查 教交 职植 位为 务物 资姿 "
    "费废 经径 济挤 管馆 协胁 议义 书叔 同铜 劳牢 动洞 工公 司事 室市 长常 科课 部布 门们 采彩 复覆 反返 副富 至致 "
    "是事 以已 由油 与于 形型 状壮 予于 零令 陵凌 震振 磬罄 买卖"
)


def _neighbours(groups: str) -> dict[str, str]:
    alike: dict[str, str] = {}
    for group in groups.split():
        for sign in group:
            alike[sign] = alike.get(sign, "") + group.replace(sign, "")
    return alike


ALIKE: Mapping[str, str] = _neighbours(_ALIKE)
"""A simplified character -> those that are typed for it."""

#: Look-alikes that are as likely as this, when something was misread, are likely enough when it was mistyped.
_SURELY_ALIKE = 0.1

#: At most so many; each is looked for before it is offered.
MOST = 24


def slips(word: str) -> tuple[str, ...]:
    """What a folded word may have been meant to be, the likelier first: as queries, so that a word may become two."""
    found = dict.fromkeys(one for one in _all(word) if one != word)
    return tuple(found)[:MOST]


def misnamed(word: str) -> tuple[str, ...]:
    """What a word may have been meant to ask that names a field there is not: of fields nearly named so, or of none.

    >>> misnamed("提名:合同")
    ('题名:合同', '合同')
    """
    name, _, asked = word.replace("：", ":").partition(":")
    near = [(field, known) for known, field in FIELDS.items() if _is_nearly(folded(name).text, known)]
    by_field = dict(reversed(near))
    return (*(f"{known}:{asked}" for known in reversed(by_field.values())), asked) if asked else ()


def _is_nearly(name: str, known: str) -> bool:
    """One character is another, is missing or too many, or two are swapped."""
    if len(name) == len(known):
        differ = [at for at, sign in enumerate(name) if sign != known[at]]
        return len(differ) == 1 < len(name) or (len(differ) == 2 and sorted(name) == sorted(known))
    short, long = sorted((name, known), key=len)
    return 1 < len(short) == len(long) - 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _all(word: str) -> Iterator[str]:
    for at, sign in enumerate(word):
        yield from (word[:at] + other + word[at + 1 :] for other in (*ALIKE.get(sign, ""), *_look_alikes(sign)))
    if len(word) > 2:
        yield from (word[:at] + word[at + 1 :] for at in range(len(word)))
        yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    if len(word) > 3 and not word.isascii():
        yield from (f"{word[:at]} {word[at:]}" for at in range(2, len(word) - 1))


def _look_alikes(sign: str) -> Iterator[str]:
    return (other for other, likelihood in look_alikes().get(sign, {}).items() if likelihood >= _SURELY_ALIKE)
