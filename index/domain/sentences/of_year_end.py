"""Decides the words of what arranging at the end of a year may be refused for: as `sentences.py`, one a code."""

from __future__ import annotations


def _said(hans: str, hant: str, en: str) -> dict[str, str]:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": en}


YEAR_END: dict[str, dict[str, str]] = {
    # -- volumes and boxes --
    "no-such-volume": _said(
        "没有这个案卷或盒（{volume}）。",
        "沒有這個案卷或盒（{volume}）。",
        "There is no such volume or box ({volume}).",
    ),
    "no-such-list": _said(
        "没有这一版卷内目录。",
        "沒有這一版卷內目錄。",
        "There is no such version of a contents list.",
    ),
    "volume-sealed": _said(
        "“{volume}”已经封卷，不能再改。请先写明原因启封。",
        "「{volume}」已經封卷，不能再改。請先寫明原因啟封。",
        "“{volume}” is sealed and does not change any more. Open it first, with a reason.",
    ),
    "in-sealed-volume": _said(
        "这一件在已封的“{volume}”里，这样改会使它换类。请先启封，把它取出。",
        "這一件在已封的「{volume}」裡，這樣改會使它換類。請先啟封，把它取出。",
        "It lies in the sealed “{volume}”, and this change would move it to another class. Open that first, and take it"
        " out.",
    ),
    "volume-changed-meanwhile": _said(
        "别人刚刚改过这个案卷或盒。没有写入任何内容，请看过现在的样子再改。",
        "別人剛剛改過這個案卷或盒。沒有寫入任何內容，請看過現在的樣子再改。",
        "Somebody else has just changed this volume or box. Nothing was written; look at it as it is now.",
    ),
    "empty-volume": _said(
        "里面一件文件也没有，不能封卷。",
        "裡面一件文件也沒有，不能封卷。",
        "There is not one item in it, so it cannot be sealed.",
    ),
    "choose-items": _said("请先选中文件。", "請先選取文件。", "Choose items first."),
    "title-needed": _said("案卷要有题名。", "案卷要有題名。", "A volume needs a title."),
    "other-class": _said(
        "一个案卷或盒只装同一类：同年度、同保管期限、同机构（问题）。",
        "一個案卷或盒只裝同一類：同年度、同保管期限、同機構（問題）。",
        "A volume or box holds one class: the same year, retention period and organisation.",
    ),
    "in-volume": _said(
        "选中的文件里有已经组卷或装盒的，请先取出。",
        "選取的文件裡有已經組卷或裝盒的，請先取出。",
        "Some of them lie in a volume or box already; take them out first.",
    ),
    "code-without-parts": _said(
        "档号 {given} 不合任何一种编制规则，请先重新编号。",
        "檔號 {given} 不合任何一種編製規則，請先重新編號。",
        "The code {given} follows no known rule; number it anew first.",
    ),
    "why-needed": _said("请写明原因。", "請寫明原因。", "Say why."),
    # -- closing a year --
    "no-such-class-year": _said(
        "{series} 类 {year} 年度没有文件。",
        "{series} 類 {year} 年度沒有文件。",
        "Nothing is filed or waiting in {series}, {year}.",
    ),
    "class-closed": _said(
        "{series} 类 {year} 年度已经立卷结束，次序、编号和归类都已锁定。确需改动，请先写明原因重新打开。",
        "{series} 類 {year} 年度已經立卷結束，次序、編號和歸類都已鎖定。確需改動，請先寫明原因重新開啟。",
        "{series}, {year} is closed: order, numbers and class are locked. Open it with a reason if it must change.",
    ),
    "class-open": _said(
        "{series} 类 {year} 年度还没有立卷结束。",
        "{series} 類 {year} 年度還沒有立卷結束。",
        "{series}, {year} has not been closed.",
    ),
    "year-running": _said(
        "{year} 年度到 {day} 才满，满后才能立卷结束。",
        "{year} 年度到 {day} 才滿，滿後才能立卷結束。",
        "The year {year} runs until {day}; it can be closed after that.",
    ),
    "class-not-ready": _said(
        "{series} 类 {year} 年度还不能立卷结束：{waiting} 件尚未归档，{unset} 件未定保管期限。",
        "{series} 類 {year} 年度還不能立卷結束：{waiting} 件尚未歸檔，{unset} 件未定保管期限。",
        "{series}, {year} cannot be closed yet: {waiting} not filed, {unset} without a retention period.",
    ),
    # -- renumbering --
    "renumber-what": _said(
        "请写明改什么：某类某年度（--series 和 --year），或全宗的新号、新编制规则（--number、--grammar），二者取一。",
        "請寫明改什麼：某類某年度（--series 和 --year），或全宗的新號、新編製規則（--number、--grammar），二者取一。",
        "Say what: a class (--series, --year), or the fonds's new number or grammar (--number, --grammar); not both.",
    ),
    "plan-changed": _said(
        "别人刚刚改过这一类，预览的编号已经不对了。没有写入任何内容，请看过新的预览再编号。",
        "別人剛剛改過這一類，預覽的編號已經不對了。沒有寫入任何內容，請看過新的預覽再編號。",
        "Somebody has just changed this class, so the preview no longer holds. Nothing was written; look at it again.",
    ),
    "nothing-to-renumber": _said("没有档号需要改变。", "沒有檔號需要改變。", "No code would change."),
    "needs-another": _said(
        "改全宗号须由提出人以外的档案员批准，“{name}”不能批准自己提出的改号。",
        "改全宗號須由提出人以外的檔案員核准，「{name}」不能核准自己提出的改號。",
        "An archivist other than who asks has to approve it: “{name}” cannot approve what they ask for.",
    ),
    "needs-archivist": _said(
        "改号须由档案员批准，“{name}”不是在用的档案员账号。",
        "改號須由檔案員核准，「{name}」不是使用中的檔案員帳號。",
        "An archivist has to approve it; “{name}” is no archivist's account in use.",
    ),
    "fonds-number-taken": _said(
        "全宗号 {fonds} 已有别的全宗在用或用过。",
        "全宗號 {fonds} 已有別的全宗在用或用過。",
        "Another fonds has or had the number {fonds}.",
    ),
    # -- places --
    "no-such-place": _said("没有这个存放位置。", "沒有這個存放位置。", "There is no such place."),
    "place-number-taken": _said(
        "旁边已有编号 {number} 的位置，请换一个号。",
        "旁邊已有編號 {number} 的位置，請換一個號。",
        "A neighbour has the number {number}; choose another.",
    ),
    "no-such-place-inside": _said(
        "库房里设柜，柜里设层，层或柜里放盒；别的套法不行。",
        "庫房裡設櫃，櫃裡設層，層或櫃裡放盒；別的套法不行。",
        "Cabinets stand in rooms, shelves in cabinets, boxes on shelves or in cabinets; nothing else.",
    ),
    "not-sealed": _said(
        "还没有封卷，不能上架。",
        "還沒有封卷，不能上架。",
        "It is not sealed yet, so it cannot be shelved.",
    ),
    "interim-is-no-shelf": _said(
        "请选柜、层或盒：整间库房和平时分类橱都不是上架的位置。",
        "請選櫃、層或盒：整間庫房和平時分類櫥都不是上架的位置。",
        "Choose a cabinet, shelf or box: neither a whole room nor the interim cabinet is a place on a shelf.",
    ),
    "slot-taken": _said(
        "{slot} 号位上已有“{volume}”。",
        "{slot} 號位上已有「{volume}」。",
        "“{volume}” stands in slot {slot} already.",
    ),
}
