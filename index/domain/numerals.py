"""Decides what number Chinese numerals mean, and how one is written in them: counted (十五) or by digits (二〇〇三)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_VALUES = {sign: value for value, sign in enumerate(_DIGITS)} | {"零": 0, "○": 0, "元": 1, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_ZEROS = "〇零○"

#: The numerals that cannot be altered, as they stand on deeds and accounts, with the plain ones.
FORMAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾佰仟", "一二三三四五六七八九十百千")

#: The signs a numeral is made of, for use inside brackets.
NUMERALS = "〇零○一二三四五六七八九十百千廿卅两"


def value_of(numeral: str) -> int | None:
    """The number that 十五, 一百二十, 二〇〇三, 廿五 or 15 means; None when it is none."""
    if numeral.isascii() and numeral.isdecimal():
        return int(numeral)
    plain = numeral.replace("廿", "二十").replace("卅", "三十")
    if not plain or any(sign not in _VALUES and sign not in _TENS for sign in plain):
        return None
    return _counted(plain) if _TENS.keys() & plain else int("".join(str(_VALUES[sign]) for sign in plain))


def _counted(plain: str) -> int | None:
    total, open_digit, last = 0, -1, 10_000
    for sign in plain:
        if sign in _TENS:
            if _TENS[sign] >= last:
                return None
            last = _TENS[sign]
            total += last * (open_digit if open_digit > 0 else 1)
            open_digit = -1
        elif open_digit > 0:
            return None
        else:
            open_digit = _VALUES[sign]
    return total + max(open_digit, 0)


def counted(number: int) -> str:
    """1 to 9999 as it is counted: 15 is 十五, 120 is 一百二十, 105 is 一百零五."""
    written = ""
    for sign, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // worth % 10
        if digit:
            written += _DIGITS[digit] + sign
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written.removeprefix("一") if written.startswith("一十") else written


def by_digits(number: int) -> tuple[str, ...]:
    """A year by its digits, with each of the zeros that stand on paper: 二〇〇三, 二零零三, 二○○三."""
    plain = "".join(_DIGITS[int(digit)] for digit in str(number))
    return tuple(dict.fromkeys(plain.replace("〇", zero) for zero in _ZEROS))
