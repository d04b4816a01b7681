"""Decides the words of what is wrong with imported lists and registers: zh-Hans, zh-Hant and English, in this order."""

from __future__ import annotations

from collections.abc import Mapping

from index.domain.sentences.saying import said

Words = tuple[str, str, str]

_LISTS: Mapping[str, Words] = {
    "entry-lacks": (
        "“{field}”是空的，这一行不能导入。",
        "「{field}」是空的，這一列不能匯入。",
        "“{field}” is empty; the row cannot be entered.",
    ),
    "entry-bad-value": (
        "“{field}”写的是“{value}”，看不懂，请改正后重新导入。",
        "「{field}」寫的是「{value}」，看不懂，請改正後重新匯入。",
        "“{value}” cannot be read as {field}; correct it and import again.",
    ),
    "entry-state-secret": (
        "密级写的是“{value}”。国家秘密不得存入联网的系统，这一行不导入。",
        "密級寫的是「{value}」。國家秘密不得存入連網的系統，這一列不匯入。",
        "Marked “{value}”: a state secret must not lie in a networked system; the row is left out.",
    ),
    "entry-twice": (
        "档号与第 {rows} 行重复。",
        "檔號與第 {rows} 列重複。",
        "The reference code stands in row {rows} as well.",
    ),
    "receipt-twice": (
        "同一年里，收文号与第 {rows} 行相同，题名却不同。",
        "同一年裡，收文號與第 {rows} 列相同，題名卻不同。",
        "Row {rows} has the same receipt number in the same year, and another title.",
    ),
    "receipt-taken": (
        "收文簿里 {number} 号已经是另一份文件：{title}。",
        "收文簿裡 {number} 號已經是另一份文件：{title}。",
        "Number {number} of the register is another paper's already: {title}.",
    ),
    "entry-code-taken": (
        "档号 {code} 已经是另一件档案的了。",
        "檔號 {code} 已經是另一件檔案的了。",
        "The reference code {code} is another record's already.",
    ),
    "entry-other-fonds": (
        "这一行是全宗 {fonds} 的，不是所选全宗的。",
        "這一列是全宗 {fonds} 的，不是所選全宗的。",
        "The row is of fonds {fonds}, not of the one that was chosen.",
    ),
    "entry-no-image": (
        "找不到对应的扫描件。扫描件到齐后可再导入一次。",
        "找不到對應的掃描檔。掃描檔到齊後可再匯入一次。",
        "No image was found for it; import again when it has been scanned.",
    ),
    "entry-two-images": (
        "对应的扫描件不止一份（{names}），请改名或移走多余的。",
        "對應的掃描檔不只一份（{names}），請改名或移走多餘的。",
        "More than one image fits it ({names}); rename or remove the others.",
    ),
    "entry-image-twice": (
        "扫描件“{name}”同时对应好几行。",
        "掃描檔「{name}」同時對應好幾列。",
        "The image “{name}” fits several rows.",
    ),
    "entry-pages-differ": (
        "目录写 {said} 页，扫描件是 {pages} 页，请核对（仍可导入）。",
        "目錄寫 {said} 頁，掃描檔是 {pages} 頁，請核對（仍可匯入）。",
        "The list says {said} pages, the image has {pages}; check it (the row is entered all the same).",
    ),
    "bad-columns": (
        "“{field}”这一项没有对应的列，或者同一列用了两次。",
        "「{field}」這一項沒有對應的欄，或者同一欄用了兩次。",
        "“{field}” has no column of its own.",
    ),
    "no-such-column": (
        "没有叫“{heading}”的列。有：{headings}。",
        "沒有叫「{heading}」的欄。有：{headings}。",
        "There is no column “{heading}”. There are: {headings}.",
    ),
    "no-such-import": ("没有这份导入清单。", "沒有這份匯入清單。", "There is no such list."),
    "no-such-entry": ("收文簿里没有这一条。", "收文簿裡沒有這一條。", "The register has no such entry."),
    "no-rows": (
        "表里没有可导入的内容：找不到列名，或列名下面是空的。",
        "表裡沒有可匯入的內容：找不到欄名，或欄名下面是空的。",
        "There is nothing to import: no headings, or no rows below them.",
    ),
    "no-spreadsheet": (
        "打不开：不是 XLSX 或 CSV 表格，或者文件已损坏。",
        "打不開：不是 XLSX 或 CSV 表格，或者檔案已損壞。",
        "It is no XLSX or CSV spreadsheet, or it is damaged.",
    ),
    "open-quote": (
        "有一个双引号没有配对，后面的各行会连成一格。请改正或另存为 XLSX 再导入。",
        "有一個雙引號沒有配對，後面的各列會連成一格。請改正或另存為 XLSX 再匯入。",
        'A quotation mark (") in it is never closed: what follows would be one cell. Mend it, or save it as XLSX.',
    ),
    "old-workbook": (
        "这是旧式的 .xls 或加了密码的表格，请另存为不加密码的 .xlsx 再导入。",
        "這是舊式的 .xls 或加了密碼的表格，請另存為不加密碼的 .xlsx 再匯入。",
        "This is an old .xls workbook or one with a password; save it as .xlsx without one.",
    ),
    "no-such-sheet": (
        "没有叫“{sheet}”的工作表。有：{sheets}。",
        "沒有叫「{sheet}」的工作表。有：{sheets}。",
        "There is no sheet “{sheet}”. There are: {sheets}.",
    ),
    "too-many-rows": (
        "超过 {most} 行，请分成几份导入。",
        "超過 {most} 列，請分成幾份匯入。",
        "More than {most} rows; import it in parts.",
    ),
}

OF_LISTS = {code: said(*words) for code, words in _LISTS.items()}

#: What the fields of a list are called.
FIELDS: Mapping[str, Words] = {
    "reference_code": ("档号", "檔號", "reference code"),
    "title": ("题名", "題名", "title"),
    "document_number": ("文号", "文號", "document number"),
    "creator": ("责任者", "責任者", "creator"),
    "date": ("日期", "日期", "date"),
    "marking": ("密级", "密級", "marking"),
    "pages": ("页数", "頁數", "pages"),
    "retention": ("保管期限", "保管期限", "retention period"),
    "fonds": ("全宗号", "全宗號", "fonds number"),
    "series": ("类别号", "類別號", "series"),
    "subject_key": ("工号、房号或客户编号", "工號、房號或客戶編號", "number of the subject"),
    "persons": ("人名", "人名", "persons"),
    "note": ("备注", "備註", "note"),
    "file_name": ("图像文件名", "影像檔名", "name of the image"),
    "receipt_number": ("收文号", "收文號", "receipt number"),
    "received_on": ("收文日期", "收文日期", "received on"),
    "sender": ("来文单位", "來文單位", "sender"),
    "copies": ("份数", "份數", "copies"),
}


def field_name(field: str, language: str) -> str:
    """The field as a clerk calls it."""
    words = FIELDS.get(field, (field,) * 3)
    return words[{"zh-Hans": 0, "zh-Hant": 1}.get(language, 2)]
