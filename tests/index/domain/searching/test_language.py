"""How a typed query is read: as which tree, told in which signs, with what left over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.domain.searching.language import DEEPEST, MOST_LEAVES, MOST_STARS, read
from index.domain.searching.leaves import Names
from index.domain.searching.tree import (
    Dated,
    Either,
    Every,
    Facet,
    Likely,
    Node,
    Section,
    Stamped,
    Wild,
    Without,
    Words,
)
from index.domain.searching.words import FIELDS, JOINTS

TODAY = date(2026, 11, 26)
A, B, C, D = (Words(letter) for letter in "甲乙丙丁")


def tree(typed: str) -> Node:
    return read(typed, TODAY).tree


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("劳动合同", Words("劳动合同")),
        ("勞動\u3000合同", Every((Words("劳动"), Words("合同")))),
        ("劳动 劳动 勞動", Words("劳动")),
        ("“劳动 合同”", Words("劳动合同")),
        ("合同“劳动”经费", Every((Words("合同"), Words("劳动"), Words("经费")))),
        ('"annual  report"', Words("annual report")),
        ("annual report", Every((Words("annual"), Words("report")))),
        ("“没有结尾 的话", Words("没有结尾的话")),
        ("2003-00042", Words("2003-00042")),
        ("00042", Words("00042")),
        ("档", Words("档")),
        ("《劳动法》", Words("<劳动法>")),
        ("关于《劳动 法》的通知", Words("关于<劳动法>的通知")),
        ("《没有结尾 的题名", Every((Words("<没有结尾"), Words("的题名")))),
        ("劳动合同。", Words("劳动合同")),
        ("甲, 乙;", Every((A, B))),
        ("ＡＢＣ-１２３", Words("abc-123")),
        ("  ", Every(())),
        ("", Every(())),
        ("。", Words("。")),
        ("()", Words("()")),
        ("- “”", Words('- ""')),
    ],
)
def test_words_apart_are_all_wanted_and_quotes_hold_together(typed: str, expected: Node) -> None:
    assert tree(typed) == expected


@pytest.mark.parametrize(
    "quoted",
    [
        *('"甲 乙"', "“甲 乙”", "”甲 乙“", "「甲 乙」", "『甲 乙』", "‘甲 乙’", "＂甲 乙＂", "“甲 乙"),
        *("'甲 乙'", "＇甲 乙＇", "«甲 乙»", "‹甲 乙›", "('甲 乙')"),
    ],
)
def test_quotes_of_any_kind_hold_a_phrase(quoted: str) -> None:
    assert tree(quoted) == Words("甲乙")


@pytest.mark.parametrize("typed", ["o'brien", "'80s", "rock'n'roll", "甲'乙'"])
def test_a_straight_quote_within_a_word_is_an_apostrophe(typed: str) -> None:
    assert tree(typed) == Words(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("甲 AND 乙", Every((A, B))),
        ("甲 ＡＮＤ 乙", Every((A, B))),
        ("甲 与 乙", Every((A, B))),
        ("甲 與 乙", Every((A, B))),
        ("甲 和 乙", Every((A, B))),
        ("+甲 +乙", Every((A, B))),
        ("甲 OR 乙", Either((A, B))),
        ("甲 或 乙", Either((A, B))),
        ("甲 / 乙 | 丙", Either((A, B, C))),
        ("甲 -乙", Every((A, Without(B)))),
        ("甲 －乙", Every((A, Without(B)))),
        ("甲 −乙", Every((A, Without(B)))),
        ("甲 − 乙", Every((A, Without(B)))),
        ("甲 NOT 乙", Every((A, Without(B)))),
        ("甲 AND NOT 乙", Every((A, Without(B)))),
        ("甲 非 乙", Every((A, Without(B)))),
        ("甲 与 非 乙", Every((A, Without(B)))),
        ("甲 不含 “乙”", Every((A, Without(B)))),
        ("-甲", Without(A)),
        ("-甲 乙", Every((B, Without(A)))),
        ("甲 OR NOT 乙", Either((A, Without(B)))),
        ("NOT NOT 甲", A),
        ("甲 -“乙 丙”", Every((A, Without(Words("乙丙"))))),
        ("甲 或 乙 丙", Either((A, Every((B, C))))),
        ("(甲 或 乙) 丙", Every((Either((A, B)), C))),
        ("（甲 或 乙）丙", Every((Either((A, B)), C))),
        ("甲 -(乙 或 丙)", Every((A, Without(Either((B, C)))))),
        ("甲 非 (乙 丙)", Every((A, Without(Every((B, C)))))),
        ("((甲 或 乙) (丙 或 丁))", Every((Either((A, B)), Either((C, D))))),
        ("(甲)", A),
        ("“甲”和“乙”", Every((A, B))),
    ],
)
def test_joints_join_where_they_stand_alone(typed: str, expected: Node) -> None:
    assert tree(typed) == expected
    assert read(typed, TODAY).odd == ()


@pytest.mark.parametrize(
    "word",
    [
        "或者说明",
        "非常",
        "和平",
        "与会",
        "国函(通知)5字",
        "关于(试行)的",
        "甲-乙",
        "甲/乙",
        "甲|乙",
        "a.and.b",
        "(甲)乙",
    ],
)
def test_joints_and_parentheses_inside_a_word_are_the_word(word: str) -> None:
    assert tree(word) == Words(word)


@pytest.mark.parametrize(
    ("typed", "expected", "odd"),
    [
        ("或", Words("或"), ("或",)),
        ("甲 或", Every((A, Words("或"))), ("或",)),
        ("AND 甲", Every((Words("and"), A)), ("AND",)),
        ("甲 - 乙", Every((A, B)), ("-",)),
        ("甲 / ", A, ("/",)),
        ("甲 NOT", Every((A, Words("not"))), ("NOT",)),
        ("(甲 或 乙", Either((A, B)), ("(",)),
        ("甲)", A, (")",)),
        ("foo:甲", Words("foo:甲"), ("foo:甲",)),
        ("附件：名单", Words("附件:名单"), ("附件：名单",)),
        ("12:30", Words("12:30"), ()),
        ("题名>甲", Words("题名>甲"), ()),
        ("题名:", Words("题名:"), ("题名:",)),
        ("日期:乱写", Words("乱写"), ("日期:乱写",)),
        ("密级:乱写 甲", Every((Words("乱写"), A)), ("密级:乱写",)),
        ("保管期限:很久", Words("很久"), ("保管期限:很久",)),
        ("甲*乙*丙*丁*戊", Every((*(Words(one) for one in "甲乙丙丁戊"),)), ("甲*乙*丙*丁*戊",)),
    ],
)
def test_what_makes_no_sense_is_taken_as_words_or_passed_over_and_told(
    typed: str, expected: Node, odd: tuple[str, ...]
) -> None:
    asked = read(typed, TODAY)
    assert (asked.tree, asked.odd) == (expected, odd)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("题名:甲", Words("甲", Section.TITLE)),
        ("題名：甲", Words("甲", Section.TITLE)),
        ("标题: 甲", Words("甲", Section.TITLE)),
        ("Title:甲", Words("甲", Section.TITLE)),
        ("题名=甲", Words("甲", Section.TITLE)),
        ("题名:“甲 乙”", Words("甲乙", Section.TITLE)),
        ("题名:(甲 或 乙)", Either((Words("甲", Section.TITLE), Words("乙", Section.TITLE)))),
        ("题名:（甲 -乙）丙", Every((Every((Words("甲", Section.TITLE), Without(Words("乙", Section.TITLE)))), C))),
        ("题名:(甲 责任者:乙)", Every((Words("甲", Section.TITLE), Words("乙", Section.CREATOR)))),
        ("-题名:甲", Without(Words("甲", Section.TITLE))),
        ("文号:函", Words("函", Section.DOCUMENT_NUMBER)),
        ("文號:函", Words("函", Section.DOCUMENT_NUMBER)),
        ("责任者:甲", Words("甲", Section.CREATOR)),
        ("作者:甲", Words("甲", Section.CREATOR)),
        ("档号:2003-00042", Words("2003-00042", Section.CODE)),
        ("檔號:0042", Words("0042", Section.CODE)),
        ("全文:甲", A),
        ("题名:甲*乙", Wild("甲*乙", Section.TITLE)),
        ("年度:2003", Stamped(Facet.YEAR, "2003")),
        ("年度:2003年", Stamped(Facet.YEAR, "2003")),
        ("年度:2003-2005", Dated("2003", "2005")),
        ("年度:(2003 或 2005)", Either((Stamped(Facet.YEAR, "2003"), Stamped(Facet.YEAR, "2005")))),
        ("日期:2003年至2005年", Dated("2003", "2005")),
        ("date:2003-05..2004-01", Dated("200305", "200401")),
        ("日期:“2003 至 2005”", Dated("2003", "2005")),
        ("日期:2003年 至 2005年", Dated("2003", "2005")),
        ("日期: 2003-05 - 2004-01", Dated("200305", "200401")),
        ("date: 2003 to 2005", Dated("2003", "2005")),
        ("年度:2003 – 2005", Dated("2003", "2005")),
        ("日期:>2003", Dated("20040101", "")),
        ("日期>=2003-05", Dated("200305", "")),
        ("年度＜2003", Dated("", "20021231")),
        ("保管期限:永久", Stamped(Facet.RETENTION, "permanent")),
        ("保管期限:30年", Stamped(Facet.RETENTION, "30y")),
        ("期限:三十年", Stamped(Facet.RETENTION, "30y")),
        ("保管期限:定期10年", Stamped(Facet.RETENTION, "10y")),
        ("保管期限:定期（10年）", Stamped(Facet.RETENTION, "10y")),
        ("retention:D30", Stamped(Facet.RETENTION, "30y")),
        ("保管期限:未定", Stamped(Facet.RETENTION, "unset")),
        ("密级:公开", Stamped(Facet.MARKING, "open")),
        ("密級:內部", Stamped(Facet.MARKING, "internal")),
        ("标识:个人", Stamped(Facet.MARKING, "personal")),
        ("密级:机密", Stamped(Facet.MARKING, "confidential")),
        ("语种:繁體", Stamped(Facet.LANGUAGE, "zh-Hant")),
        ("语种:英文", Stamped(Facet.LANGUAGE, "en")),
        ("语种:中文", Either((Stamped(Facet.LANGUAGE, "zh-Hans"), Stamped(Facet.LANGUAGE, "zh-Hant")))),
        ("年度:2003、2005", Either((Stamped(Facet.YEAR, "2003"), Stamped(Facet.YEAR, "2005")))),
        ("日期:2003年,八十年代", Either((Dated("2003", "2003"), Dated("1980", "1989")))),
        ("密级:公开或内部", Either((Stamped(Facet.MARKING, "open"), Stamped(Facet.MARKING, "internal")))),
    ],
)
def test_a_field_is_asked_by_its_name(typed: str, expected: Node) -> None:
    assert tree(typed) == expected
    assert read(typed, TODAY).odd == ()


def test_of_values_told_one_after_the_other_each_must_be_one() -> None:
    asked = read("年度:2003、乱写", TODAY)
    assert asked.tree == Words("2003、乱写") and asked.odd == ("年度:2003、乱写",)


def test_fonds_and_series_are_asked_by_code_title_or_a_part_of_it() -> None:
    names: Names = {
        Facet.FONDS: {"j101": ("J101",), "第一小学": ("J101",), "第二小学": ("J102",)},
        Facet.SERIES: {"会计档案": ("KJ", "CW")},
    }

    def asked(typed: str) -> Node:
        return read(typed, TODAY, names).tree

    assert asked("全宗:j101") == asked("全宗:第一小學") == asked("全宗:“第一”") == Stamped(Facet.FONDS, "J101")
    assert asked("全宗:小学") == Either((Stamped(Facet.FONDS, "J101"), Stamped(Facet.FONDS, "J102")))
    assert asked("类别:会计") == Either((Stamped(Facet.SERIES, "KJ"), Stamped(Facet.SERIES, "CW")))
    assert asked("全宗:没有") == Stamped(Facet.FONDS, "没有")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("劳*合同", Wild("劳*合同")),
        ("勞＊合同", Wild("劳*合同")),
        ("劳？合同", Wild("劳?合同")),
        ("劳?*合同", Wild("劳*合同")),
        ("劳???合同", Wild("劳???合同")),
        ("*合同*", Words("合同")),
        ("*", Every(())),
        ("＊＊", Every(())),
        ("“*”", Words("*")),
        ("年度:2003 *", Every((Stamped(Facet.YEAR, "2003"), Every(())))),
        ("archiv*", Words("archiv")),
        ("*chives", Wild("chives")),
        ("＊chives", Wild("chives")),
        ("*chi*s", Wild("chi*s")),
        ("?chives", Wild("?chives")),
        ("合同?", Wild("合同?")),
        ("合同??", Wild("合同??")),
        ("王？签", Wild("王?签")),
        ("?*合同", Words("合同")),
        ("?合*同?", Wild("?合*同?")),
        ("题名:*chives", Wild("chives", Section.TITLE)),
        ("第15号?", Either((Wild("第15号?"), Wild("第十五号?")))),
        ("什么是合同？", Words("什么是合同")),
        ("?", Words("?")),
        ("“劳*合同”", Words("劳*合同")),
        ("archiv*s", Wild("archiv*s")),
    ],
)
def test_signs_stand_for_characters_between_others(typed: str, expected: Node) -> None:
    assert tree(typed) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2003年", "二〇〇三年"),
        ("2003年", "二零零三年"),
        ("2003年", "二○○三年"),
        ("二〇〇三年", "2003年"),
        ("2003年工作总结", "二〇〇三年工作总结"),
        ("2003年3月5日", "二〇〇三年三月五日"),
        ("2003年3月5日", "2003年03月05日"),
        ("2003年3月5日", "2003-03-05"),
        ("2003年3月5日", "2003.3.5"),
        ("二〇〇三年三月五日", "2003年3月5日"),
        ("2003-03-05", "2003年3月5日"),
        ("3月5日", "三月五日"),
        ("第十五号", "第15号"),
        ("第15号", "第十五号"),
        ("一百二十件", "120件"),
        ("120件", "一百二十件"),
        ("三年级", "3年级"),
        ("民國二十四年", "1935年"),
        ("1935年", "民国二十四年"),
        ("1935年", "民国24年"),
        ("国函〔2003〕115号", "国函(2003)第115号"),
        ("国函【2003】第115号", "国函(2003)115号"),
        ("J001-WS.2003-0042", "j001-ws·2003-0042"),
        ("J001－WS·2003—0042", "j001-ws.2003-0042"),
    ],
)
def test_a_word_is_also_looked_for_in_its_other_spellings(one: str, other: str) -> None:
    found = tree(one)
    assert isinstance(found, Either)
    assert Words(other) in found.nodes
    assert len(found.nodes) <= 13
    titled = tree(f"题名:{one}")
    assert isinstance(titled, Either) and Words(other, Section.TITLE) in titled.nodes


@pytest.mark.parametrize("typed", ["三民主义", "2003", "00042", "2003-03", "几十年", "2003-115号", "a.and.b"])
def test_what_has_no_other_spelling_is_looked_for_as_it_stands(typed: str) -> None:
    assert tree(typed) == Words(typed)


@pytest.mark.parametrize("typed", ["2003年", "十月", "(2003)15号", "j001.2"])
def test_what_is_quoted_is_looked_for_as_it_stands(typed: str) -> None:
    assert isinstance(tree(typed), Either)
    assert tree(f"“{typed}”") == Words(typed)


@pytest.mark.parametrize(
    ("typed", "within"),
    [
        ("2003年以前", Dated("", "2003")),
        ("2003年至2005年", Dated("2003", "2005")),
        ("2003..2005", Dated("2003", "2005")),
        ("近三年", Dated("20231126", "20261126")),
    ],
)
def test_a_bare_word_that_means_days_is_looked_for_as_both(typed: str, within: Dated) -> None:
    found = tree(typed)
    assert isinstance(found, Either) and within in found.nodes
    assert any(leaf == Words(typed) for leaf in read(typed, TODAY).leaves)


@pytest.mark.parametrize("typed", ["2003年", "2003-2005", "2003年3月5日", "学年", "年前", "今年"])
def test_a_bare_word_that_may_as_well_be_text_is_text(typed: str) -> None:
    assert not any(isinstance(node, Dated) for node in _nodes(tree(typed)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("甲 乙 -丙", "“甲” + “乙” − “丙”"),
        ("-丙", "− “丙”"),
        ("", ""),
        ("甲 (乙 或 丙) -丁", "“甲” + (“乙” / “丙”) − “丁”"),
        ("甲 或 乙 丙", "“甲” / (“乙” + “丙”)"),
        ("-(甲 乙)", "− (“甲” + “乙”)"),
        ("题名:甲 日期:2003年至2005年", "题名:“甲” + 日期:[2003 – 2005]"),
        ("日期:2003-05以后", "日期:[2003-05 –]"),
        ("保管期限:永久 密级:公开", "保管期限:“永久” + 密级:“公开”"),
        ("第15号", "“第15号 = 第十五号”"),
        ("甲 年度:2003、2005", "“甲” + (年度:“2003” / 年度:“2005”)"),
    ],
)
def test_how_it_was_read_is_told_in_signs(typed: str, told: str) -> None:
    assert read(typed, TODAY).read_as == told


@pytest.mark.parametrize(
    "typed", ["甲 乙 -丙", "甲 (乙 或 丙) -丁", "甲 或 乙 丙", "-(甲 乙)", "(甲 或 乙) -(丙 丁)", "题名:“甲”"]
)
def test_what_is_told_reads_the_same_again(typed: str) -> None:
    asked = read(typed, TODAY)
    assert read(asked.read_as, TODAY).tree == asked.tree


def test_no_name_is_given_twice_and_none_is_empty() -> None:
    assert all(FIELDS) and len(FIELDS) > 40
    assert {"与", "或", "非", "和", "AND", "OR", "NOT"} <= JOINTS.keys()


SIGNS = st.sampled_from(
    '甲乙年月日号至到或非与和 \u3000\n()（）“”"「」『』《》‘’-−+/|:：=*?？.·〔〕0123456789二三〇零十ANDORNOT'
    "date题名日期密级全宗\0\u200b𠮷"
)


@given(
    st.text()
    | st.text(SIGNS, max_size=60)
    | st.lists(st.sampled_from([*JOINTS, *FIELDS, "甲", ":", "(", ")", "“", "2003年", "至"])).map(" ".join)
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_told(typed: str) -> None:
    asked = read(typed, TODAY)
    assert _depth(asked.tree) <= 4 * DEEPEST
    assert all(
        leaf.text if isinstance(leaf, Words) else leaf.pattern.strip("*") == leaf.pattern for leaf in asked.leaves
    )
    assert read(typed, TODAY) == asked
    assert asked.typed == typed.strip()


UNITS = (
    *(
        "(",
        ")",
        "()",
        "(a ",
        "(a b) ",
        "“",
        '"',
        "《",
        "《〉",
        "‘",
        "'",
        "'a 'b",
        "-",
        "- ",
        "a:",
        "题名: ",
        "甲 或 ",
        "NOT ",
        "2003年",
    ),
    *("二〇", "*", "a*", "日期:2003-", "2003年至", "零", "..", "年", "民国", "甲", " ", "。", "(题名:"),
)


@pytest.mark.parametrize("unit", UNITS)
def test_long_input_is_read_in_time_in_proportion_and_to_a_bounded_tree(unit: str) -> None:
    long = unit * (60_000 // len(unit))
    begun = time.process_time()
    asked = read(long, TODAY)
    assert time.process_time() - begun < 3
    assert _depth(asked.tree) <= 4 * DEEPEST
    assert len(list(_nodes(asked.tree))) <= MOST_LEAVES * 20
    assert len(asked.odd) <= MOST_LEAVES and all(len(said) < 50 for said in asked.odd)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Every(nodes) | Either(nodes):
            for inner in nodes:
                yield from _nodes(inner)
        case Without(inner) | Likely(inner, _):
            yield from _nodes(inner)
        case Words() | Wild() | Stamped() | Dated():
            return


def _depth(node: Node) -> int:
    match node:
        case Every(nodes) | Either(nodes):
            return 1 + max(map(_depth, nodes), default=0)
        case Without(inner) | Likely(inner, _):
            return 1 + _depth(inner)
        case Words() | Wild() | Stamped() | Dated():
            return 1


def test_patterns_together_have_so_many_stars_and_what_is_beyond_is_looked_for_by_its_pieces() -> None:
    asked = read(" ".join(f"甲{n}*乙*丙*丁" for n in range(6)), TODAY)
    patterns = [leaf for leaf in asked.leaves if isinstance(leaf, Wild)]
    assert sum(leaf.pattern.count("*") for leaf in patterns) == MOST_STARS == 12
    assert asked.odd == ("甲4*乙*丙*丁", "甲5*乙*丙*丁")
    assert Words("甲5") in asked.leaves
    assert [leaf for leaf in read("“甲*乙” " * 40, TODAY).leaves if isinstance(leaf, Wild)] == []
