"""Decides what made-up archive pages look like: our own sentences, two scripts, codes, OCR's slips and broken lines."""

from __future__ import annotations

import random
from dataclasses import dataclass

from index.ports import PageText

_HANS = (
    "经单位研究决定与该同志签订三年期劳动合同",
    "本册共收录永久保管文件一百二十件",
    "移交人与接收人当面点清并在移交清单上签名",
    "请各科室于月底前将上年度的档案材料整理归档",
    "该同志于一九八七年九月参加工作",
    "关于下达本年度设备维修经费的通知",
    "会议由办公室主任主持并讨论了防火巡查的安排",
    "附件为学生花名册及体检结果一览表",
)
_HANT = (
    "經單位研究決定與該同志簽訂三年期勞動合同",
    "本冊共收錄永久保管文件一百二十件",
    "移交人與接收人當面點清並在移交清單上簽名",
    "請各科室於月底前將上年度的檔案材料整理歸檔",
    "該同志於一九八七年九月參加工作",
    "關於下達本年度設備維修經費的通知",
    "會議由辦公室主任主持並討論了防火巡查的安排",
    "附件為學生花名冊及體檢結果一覽表",
)
_LATIN = (
    "Minutes of the meeting held in the reading room, and letters received.",
    "Annual report of the department, with an index of names.",
)
_MARKS = ",。、;"


@dataclass(frozen=True, slots=True)
class _Hand:
    """One way of writing: every choice comes from `dice`."""

    dice: random.Random
    sentences: tuple[str, ...]

    def code(self) -> str:
        year, number = self.dice.randrange(1950, 2024), self.dice.randrange(1, 99_999)
        return self.dice.choice(
            (f"{year}-{number:05d}", f"A{number:03d}-WS·{year}-Y-{number % 1000:04d}", f"〔{year}〕{number}号")
        )

    def sentence(self) -> str:
        roll = self.dice.random()
        if roll < 0.2:
            return f"文号{self.code()}"
        if roll < 0.28:
            return f" {self.dice.choice(_LATIN)} "
        return self._misread(self.dice.choice(self.sentences))

    def page(self, length: int) -> str:
        text = ""
        while len(text) < length:
            text += self.sentence() + self.dice.choice(_MARKS)
        return self._broken(text)

    def _misread(self, sentence: str) -> str:
        """One character in some sentences is another, and some sentences break off."""
        at = self.dice.randrange(len(sentence))
        roll = self.dice.random()
        if roll < 0.3:
            other = self.dice.choice(self.dice.choice(self.sentences))
            return sentence[:at] + other + sentence[at + 1 :]
        return sentence[:at] if roll < 0.5 else sentence

    def _broken(self, text: str) -> str:
        """Lines of uneven length; now and then a gap that OCR put between characters."""
        pieces = []
        at = 0
        while at < len(text):
            width = self.dice.randrange(12, 34)
            pieces.append(text[at : at + width])
            at += width
        return "".join(piece + self.dice.choice(("\n", "\n", "\n  ", " ")) for piece in pieces)


def made_pages(number: int, seed: int = 1, length: int = 260) -> list[PageText]:
    """`number` pages, every second one in traditional characters; the same ones for the same seed."""
    dice = random.Random(seed)
    hands = (_Hand(dice, _HANS), _Hand(dice, _HANT))
    return [
        PageText(
            page_id=f"page-{seed}-{place:05d}",
            item_id=f"item-{seed}-{place // 3:05d}",
            version=1,
            text=hands[place % 2].page(length),
            fonds=f"F{dice.randrange(3)}",
            series=dice.choice(("", "WS", "RS")),
            retention=dice.choice(("permanent", "30y", "10y")),
            marking=dice.choice(("open", "internal", "personal", "confidential")),
            date=f"{dice.randrange(1950, 2024)}{dice.randrange(13):02d}00",
            filed=dice.random() < 0.8,
        )
        for place in range(number)
    ]


def substrings(texts: list[str], number: int, seed: int = 7) -> list[str]:
    """Stretches of 2 to 8 characters of these texts, without white space, and not of letters only."""
    dice = random.Random(seed)
    found: list[str] = []
    while len(found) < number:
        text = dice.choice(texts)
        length = dice.randrange(2, 9)
        at = dice.randrange(len(text) - length)
        piece = text[at : at + length]
        letters = piece.isascii() and piece.isalpha()
        if not letters and not any(map(str.isspace, piece)):
            found.append(piece)
    return found
