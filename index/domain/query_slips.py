"""Decides which other words a hand may have meant: characters that sound or look alike, one too many, two swapped.

These are slips of typing, so sound counts as much as looks; what OCR takes for what is another matter. Nothing here is
searched unasked: whoever offers one of these has looked first whether the reader may see a page with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

#: Characters that are typed for one another, in archives' words above all (账册/帐册, 档案/挡案, 签订/鉴定, 即使/既使).
_ALIKE = (
    "账帐胀 档挡党 案按 籍藉 己已巳 未末 戊戌戍 日曰 人入八 侯候 竟竞境 博搏 拆折 札扎 辩辨辫 练炼 副付 备倍 即既 签鉴 "
    "订定 制治致 历厉 作做 象像相 份分 需须 那哪 再在 的地得 他她它 记纪 权全 员源 薪新 期其 记计 划画 会汇 章张 帖贴 "
    "申审 决绝 函涵 令另 报抱 检捡险 察查 校较 教交 职植 位为 务物 资姿 费废 经径 济挤 管馆 理里 协胁 议义 书叔 同铜 "
    "劳牢 动洞 工公 司事 室市 长常 处外 科课 组祖 部布 门们 王玉 于干千 土士 天夫 大太 刀力 儿几 今令 贝见 乌鸟 兔免 "
    "采彩 度渡 复覆 反返 副富 至致 是事 以已 由油 与于 形型 状壮 予于 零令 陵凌 震振 磬罄 遣遗 哀衷 买卖"
)


def _neighbours(groups: str) -> dict[str, str]:
    alike: dict[str, str] = {}
    for group in groups.split():
        for sign in group:
            alike[sign] = alike.get(sign, "") + group.replace(sign, "")
    return alike


ALIKE: Mapping[str, str] = _neighbours(_ALIKE)
"""A simplified character -> those that are typed for it."""

#: At most so many; each is looked for before it is offered.
MOST = 24


def slips(word: str) -> tuple[str, ...]:
    """What a folded word may have been meant to be, the likelier first: as queries, so that a word may become two."""
    found = dict.fromkeys(one for one in _all(word) if one != word)
    return tuple(found)[:MOST]


def _all(word: str) -> Iterator[str]:
    for at, sign in enumerate(word):
        yield from (word[:at] + other + word[at + 1 :] for other in ALIKE.get(sign, ""))
    if len(word) > 2:
        yield from (word[:at] + word[at + 1 :] for at in range(len(word)))
        yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    if len(word) > 3 and not word.isascii():
        yield from (f"{word[:at]} {word[at:]}" for at in range(2, len(word) - 1))
