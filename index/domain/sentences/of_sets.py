"""Decides the words of what sets of records and files of subjects are refused: one sentence a code, three languages."""

from __future__ import annotations

from index.domain.sentences.saying import said as _said

OF_SETS: dict[str, dict[str, str]] = {
    "no-such-relation": _said("没有这条关联。", "沒有這條關聯。", "There is no such relation."),
    "related-to-itself": _said(
        "一件不能与自己关联，请选另一件。",
        "一件不能與自己關聯，請選另一件。",
        "An item cannot be related to itself; choose another.",
    ),
    "other-not-here": _said(
        "对方还没有进馆，无法确认；可以否定。",
        "對方還沒有進館，無法確認；可以否定。",
        "The other paper is not in this room yet: it can be denied, not confirmed.",
    ),
    "choose-other": _said(
        "请先选定另一件：勾选，或输入档号、文号、题名查找。",
        "請先選定另一件：勾選，或輸入檔號、文號、題名查找。",
        "Choose the other item first: tick one, or look for its code, number or title.",
    ),
    "file-open": _said(
        "“{subject}”已有一个未结的案卷：一户一档，不能再立。",
        "「{subject}」已有一個未結的案卷：一戶一檔，不能再立。",
        "{subject} has an open file already: one subject, one file.",
    ),
    "file-closed": _said(
        "“{subject}”的案卷已经结档。",
        "「{subject}」的案卷已經結檔。",
        "The file of {subject} is closed already.",
    ),
    "retention-needed": _said(
        "制度没有规定“{series}”的保管期限，请先填写期限，再转存（例如 3y）。",
        "制度沒有規定「{series}」的保管期限，請先填寫期限，再轉存（例如 3y）。",
        "The regulation gives {series} no period: enter one (such as 3y) before the file is moved.",
    ),
}
