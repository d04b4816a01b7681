"""A clerk reads a regulation clause by clause, and beside each what is done by it, in the clerk's own language."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from config.clauses import clauses
from config.editions import Editions
from config.regulations import PACKS, load, load_all
from index.domain.rules.policy import Pack
from index.domain.rules.policy import Room as RoomOfWork
from index.domain.rules.provisions import LANGUAGES
from tests.fakes.config.regulations import pack
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room
from viewer.words.terms import TERMS

HOUSE = [one.id for one in load_all()]


def read(held: Room, enter: Enter, address: str, language: str = "zh-Hans", name: str = "archivist") -> str:
    """The words of a page without its marks, as somebody of this language sees them."""
    with held.home.catalogue.writing() as work:
        work.people.save(replace(held.people[name], language=language))
    answer = enter(name).get(address)
    assert answer.status_code == 200
    return plain(answer.text)


def plain(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def lines(html: str, kind: str) -> list[str]:
    """What is done by the clauses, of one kind."""
    found = re.findall(r'<li><span class="kind">(.*?)</span>(.*?)</li>', html)
    return [
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", words))).strip() for said, words in found if said == kind
    ]


def test_the_list_names_every_regulation_of_the_room_and_the_fonds_that_follow_it(held: Room, enter: Enter) -> None:
    said = read(held, enter, "/packs")
    assert [one.id for one in load_all() if one.title["zh-Hans"] not in said] == []
    assert "J101" in said and "C301" in said


def test_a_reader_reads_the_regulations_too(held: Room, enter: Enter) -> None:
    assert pack("school").title["zh-Hans"] in read(held, enter, "/packs/school", name="reader")


def test_a_duty_is_a_sentence_who_when_what_and_what_proves_it(enter: Enter) -> None:
    html = enter("archivist").get("/packs/school").text
    assert "各部门 每月最后一个工作日 · 把本月文件归档 → 归档件数，或零报告签字" in lines(html, "期限工作")


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("employees", "利用权限", "其他员工 查阅 · 须经办公室主任批准 · 最长 30 天 · 须说明用途"),
        ("property-owners", "利用权限", "外单位人员 无"),
        ("school", "利用权限", "公众 查阅（限开放档案）"),
        ("school", "利用权限", "教职工 查阅（须经批准）"),
        ("health-forms", "借阅", "回访调用 可借，无须批准 · 借出当天归还 · 归还时须附回访情况记录"),
        ("health-forms", "借阅", "外传 不借；确有用途的须经总经理批准 · 归还日期借出时约定"),
        ("health-forms", "销毁", "个人信息 碎纸，2 人监销"),
        ("overseas", "前置手续", "岗位变动前 先清退：借出的档案、经手的档案 · 须有：签字的移交清单"),
        ("overseas", "前置手续", "档案出境前 须有：出境批准文号、海关记录"),
        ("overseas", "接收条件", "所有文件 遇有复制件 · 须有：复制件说明 · 否则不予接收"),
        ("employees", "应有材料", "5 驾驶证复印件 适用：司机 · 驾驶证复印件"),
        ("employees", "适用条件", "已转正 凭此认定：员工转正考核表"),
        ("municipal", "借阅", "外借 † 不借；确有用途的须经责任处室和立档单位批准 · 归还日期借出时约定"),
        ("school", "另处办理", "整理 平时分类橱是一种状态和存放位置，不由文字规则判定"),
    ],
)
def test_what_is_done_by_a_clause_is_said_in_a_sentence(enter: Enter, name: str, kind: str, said: str) -> None:
    assert said in lines(enter("archivist").get(f"/packs/{name}").text, kind)


def test_a_seal_says_who_opens_it(enter: Enter) -> None:
    [said] = lines(enter("archivist").get("/packs/health-forms").text, "封存")
    assert said.endswith("每次启封须经总经理批准，登记后用毕重新封存")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOUSE)
def test_every_clause_of_every_regulation_is_on_its_page_with_its_duties(
    held: Room, enter: Enter, name: str, language: str
) -> None:
    said = read(held, enter, f"/packs/{name}", language)
    told = pack(name)
    text = clauses(PACKS / name)
    assert [one.id for one in text.values() if f" {one.id} " not in said] == []
    assert [one.words for one in text.values() if not one.lost and spaced(one.words) not in said] == []
    assert [one.id for one in told.duties if one.what[language] not in said] == []
    assert [one.id for one in told.elsewhere if one.why[language] not in said] == []
    assert "**lost**" not in said


def spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("name", HOUSE)
def test_a_chinese_page_has_no_word_of_machine_form(enter: Enter, name: str) -> None:
    """What the site writes may be Latin (a series' code, a law's number); short names of the pack are not shown."""
    html = enter("archivist").get(f"/packs/{name}").text
    said = [one for kind in KINDS for one in lines(html, kind)]
    assert said
    assert [one for one in said if re.search(r"[a-z]{2}", one)] == []


KINDS = (
    "期限工作",
    "利用权限",
    "借阅",
    "封存",
    "前置手续",
    "接收条件",
    "销毁",
    "另处办理",
    "适用条件",
    "保管期限",
    "最低期限",
)


def test_an_older_edition_is_shown_as_it_was_and_says_that_it_is_not_in_force(
    held: Room, enter: Enter, tmp_path: Path
) -> None:
    old = kept_edition(held, tmp_path, "把本月文件归档", "把上月文件归档")
    client = enter("archivist")
    html = client.get(f"/packs/school?digest={old.digest[:12]}").text
    assert "把上月文件归档" in html and "把本月文件归档" not in html
    assert "这是已经失效的版本" in html and 'href="/packs/school"' in html
    now = client.get("/packs/school").text
    assert "把上月文件归档" not in now and "这是已经失效的版本" not in now
    assert f"/packs/school?digest={old.digest}" in now


def kept_edition(held: Room, place: Path, old: str, new: str) -> Pack:
    """An edition of the school's regulation that this room kept, with other words."""
    shutil.copytree(PACKS / "school", place / "packs/school")
    file = place / "packs/school/pack.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    made = load(file.parent)
    Editions(held.home.editions.folder, place / "packs").keep(made, held.home.clock.now())
    return made


@pytest.mark.parametrize("address", ["/packs/banks", "/packs/school?digest=0000000000"])
def test_what_is_no_regulation_of_this_room_is_not_found(enter: Enter, address: str) -> None:
    assert enter("archivist").get(address).status_code == 404


def test_nobody_reads_a_regulation_without_signing_in(enter: Enter) -> None:
    assert enter("").get("/packs/school").status_code == 303


def test_every_room_that_decides_a_clause_has_a_name() -> None:
    assert set(TERMS["room"]) == set(RoomOfWork)
