"""Decides the words of what may be wrong with a regulation: a part of a sentence for each code, in three languages.

They stand behind file and key (`school/pack.toml: rules[1].where: ...`), so they neither name those nor end in a stop.
"""

from __future__ import annotations

from index.domain.sentences.saying import said as _said

OF_PACKS: dict[str, dict[str, str]] = {
    # -- how it is written --
    "pack-unreadable": _said("文件无法读取（{said}）", "文件無法讀取（{said}）", "cannot be read ({said})"),
    "pack-not-toml": _said("不是合格的 TOML 文本（{said}）", "不是合格的 TOML 文本（{said}）", "is no TOML ({said})"),
    "pack-no-plain-file": _said(
        "不是普通文件，或超过 {megabytes} MB",
        "不是普通文件，或超過 {megabytes} MB",
        "is no plain file of at most {megabytes} MB",
    ),
    "pack-edition-changed": _said(
        "已不是 {digest}：文本在施行后被改动",
        "已不是 {digest}：文本在施行後被改動",
        "is no longer {digest}: the text was changed after it was followed",
    ),
    "pack-scheme-place": _said(
        "没有这个键；应写在 marking 里", "沒有這個鍵；應寫在 marking 裡", "is not known; it stands in marking"
    ),
    "pack-want-tables": _said("应为若干表的列表", "應為若干表的列表", "must be a list of tables"),
    "pack-name": _said("应与文件夹同名：{name}", "應與文件夾同名：{name}", "must be the folder's name, {name}"),
    "pack-marking-table": _said(
        "只能有 default 和 scheme，两者都要有",
        "只能有 default 和 scheme，兩者都要有",
        "needs default and scheme, nothing else",
    ),
    "pack-digest": _said(
        "由文件算出，不能写在文件里", "由文件算出，不能寫在文件裡", "is made from the file, not written in it"
    ),
    "pack-example-parts": _said(
        "每行应为四栏：类目 | 保管期限 | 题名 | 文字（空缺写 -）",
        "每行應為四欄：類目 | 保管期限 | 題名 | 文字（空缺寫 -）",
        "needs four parts: series | period | title | words (- for none)",
    ),
    "pack-example-series": _said(
        "本规定没有类目“{series}”", "本規定沒有類目「{series}」", "there is no series {series} in this regulation"
    ),
    "pack-key-unknown": _said("没有这个键", "沒有這個鍵", "is not known"),
    "pack-key-missing": _said("没有填写", "沒有填寫", "is missing"),
    "pack-want-table": _said("应为表", "應為表", "must be a table"),
    "pack-want-text": _said("应为文字", "應為文字", "must be text"),
    "pack-want-texts": _said("应为若干文字的列表", "應為若干文字的列表", "must be a list of texts"),
    "pack-want-languages": _said("应有 {languages} 三种文字", "應有 {languages} 三種文字", "must have {languages}"),
    "pack-want-bool": _said("应为 true 或 false", "應為 true 或 false", "must be true or false"),
    "pack-want-int": _said("应为整数", "應為整數", "must be a whole number"),
    "pack-want-share": _said("应大于 0，至多为 1", "應大於 0，至多為 1", "must be a number above 0, at most 1"),
    "pack-want-date": _said("应为日期，如 2026-11-23", "應為日期，如 2026-11-23", "must be a day, such as 2026-11-23"),
    "pack-want-one-of": _said(
        "“{value}”不可用，可用：{choices}", "「{value}」不可用，可用：{choices}", "{value} is none of {choices}"
    ),
    # -- series, periods, rules --
    "pack-no-fonds": _said("没有列出全宗", "沒有列出全宗", "names no fonds"),
    "pack-twice": _said("{name} 出现 {times} 次", "{name} 出現 {times} 次", "{name} stands there {times} times"),
    "pack-orphan-series": _said(
        "没有规则归入此类；请在 by_hand 写明原因",
        "沒有規則歸入此類；請在 by_hand 寫明原因",
        "no rule leads here; say why in by_hand",
    ),
    "pack-no-row": _said("保管期限表中没有 {row}", "保管期限表中沒有 {row}", "there is no schedule row {row}"),
    "pack-no-series": _said("没有类别 {series}", "沒有類別 {series}", "there is no series {series}"),
    "pack-category": _said(
        "不以其门类代码 {category} 开头",
        "不以其門類代碼 {category} 開頭",
        "does not begin with its category {category}",
    ),
    "pack-no-category": _said(
        "没有门类 {category}（closing_of）",
        "沒有門類 {category}（closing_of）",
        "there is no category {category} (closing_of)",
    ),
    "pack-former": _said(
        "原有人员的类别 {series} 不存在，或对象不同",
        "原有人員的類別 {series} 不存在，或對象不同",
        "its former subjects' series {series} is none with the same subject",
    ),
    "pack-state-secret": _said(
        "本单位自定的密级不能用国家秘密的名义（A.16 X4）",
        "本單位自定的密級不能用國家秘密的名義（A.16 X4）",
        "a site's own marking must not be a state secret's (A.16 X4)",
    ),
    "pack-subject": _said(
        "一户一档要写明对象（subject），其他不能写",
        "一戶一檔要寫明對象（subject），其他不能寫",
        "a subject file needs a subject, and only a subject file has one",
    ),
    "pack-year": _said("年度 {year} 不可用", "年度 {year} 不可用", "year {year} is not known"),
    "pack-period": _said("“{period}”不是保管期限", "「{period}」不是保管期限", "{period} is not a period"),
    "pack-row-unused": _said("没有类别或规则用到它", "沒有類別或規則用到它", "no series and no rule uses it"),
    "pack-rule-empty": _said("没有要找的词语", "沒有要找的詞語", "has no words to look for"),
    "pack-rule-own-series": _said("把自己的类别排除了", "把自己的類別排除了", "rules its own series out"),
    "pack-never-needed": _said(
        "永远不会生效：必有的词语含有排除的词语",
        "永遠不會生效：必有的詞語含有排除的詞語",
        "can never fire: a word it needs holds a word it forbids",
    ),
    "pack-never-any": _said(
        "永远不会生效：要找的词语含有排除的词语",
        "永遠不會生效：要找的詞語含有排除的詞語",
        "can never fire: the words it looks for hold words it forbids",
    ),
    "pack-never-beside": _said(
        "永远不会生效：旁边的词语含有排除的词语",
        "永遠不會生效：旁邊的詞語含有排除的詞語",
        "can never fire: the words beside them hold words it forbids",
    ),
    "pack-rule-covered": _said(
        "前面的规则 {rule} 已经包含它",
        "前面的規則 {rule} 已經包含它",
        "can never say more than {rule}, which stands before it",
    ),
    "pack-superiors": _said(
        "有规则按责任者判断，却没有列出上级（superiors）",
        "有規則按責任者判斷，卻沒有列出上級（superiors）",
        "a rule looks at the creator, but no superior is named",
    ),
    "pack-goes-before": _said(
        "先于卷内的“{doc_type}”到期（{period}）；请写 longest_item（A.16 X2）",
        "先於卷內的「{doc_type}」到期（{period}）；請寫 longest_item（A.16 X2）",
        "goes before {doc_type} may ({period}); say longest_item (A.16 X2)",
    ),
    # -- duties, access, loans, intake, destruction --
    "pack-no-matrix": _said(
        "没有查阅权限表（CUS-16）", "沒有查閱權限表（CUS-16）", "there is no access matrix (CUS-16)"
    ),
    "pack-no-access-row": _said(
        "{role} 不在查阅权限表中", "{role} 不在查閱權限表中", "{role} has no row in the access matrix"
    ),
    "pack-approver-no-row": _said(
        "批准人 {role} 不在查阅权限表中",
        "批准人 {role} 不在查閱權限表中",
        "the approver {role} has no row in the access matrix",
    ),
    "pack-access-only": _said(
        "{name} 不是本制度的类别或文种",
        "{name} 不是本制度的類別或文種",
        "{name} is no series and no kind of document here",
    ),
    "pack-access-evidence": _said(
        "要求证明的事由不在所列事由中",
        "要求證明的事由不在所列事由中",
        "asks for evidence of a reason that it does not list",
    ),
    "pack-finance": _said(
        "会计档案由财会部门保管至多三年（A.16 X6）",
        "會計檔案由財會部門保管至多三年（A.16 X6）",
        "finance may hold accounting files for three years at most (A.16 X6)",
    ),
    "pack-words": _said("要有 {languages} 三种文字", "要有 {languages} 三種文字", "needs words in {languages}"),
    "pack-room": _said(
        "没有 {room} 这一处，可用：{choices}", "沒有 {room} 這一處，可用：{choices}", "{room} is no room ({choices})"
    ),
    "pack-loan-back": _said(
        "归还期限应是从借出（{event}）起算的一天",
        "歸還期限應是從借出（{event}）起算的一天",
        "back must be one day counted from {event}",
    ),
    "pack-intake-empty": _said(
        "没有要求，等于没有规定", "沒有要求，等於沒有規定", "needs nothing, so it decides nothing"
    ),
    "pack-intake-sure": _said(
        "永远满足：要求的正是前提", "永遠滿足：要求的正是前提", "can never fail: what it needs is what it asks about"
    ),
    "pack-no-marking": _said("没有密级 {marking}", "沒有密級 {marking}", "{marking} is not a marking"),
    "pack-marking-twice": _said("{marking} 有两条规定", "{marking} 有兩條規定", "{marking} has two rules"),
    "pack-no-method": _said("没有列出销毁方法", "沒有列出銷毀方法", "names no method"),
    "pack-witnesses": _said(
        "至少两人监销（A.16 X7）", "至少兩人監銷（A.16 X7）", "needs two witnesses at least (A.16 X7)"
    ),
    "pack-consent": _said(
        "{series} 存有个人信息，却没有要求本人同意的收集规定（A.16 X8）",
        "{series} 存有個人資料，卻沒有要求本人同意的收集規定（A.16 X8）",
        "{series} holds people's own data, but no intake rule asks for their consent (A.16 X8)",
    ),
    "pack-training-value": _said("{name} 只能是 yes 或 no", "{name} 只能是 yes 或 no", "{name} is yes or no"),
    "pack-training-no": _said(
        "{name} 为 no，却没有规则把培训材料排除在人事档案外（A.16 X3）",
        "{name} 為 no，卻沒有規則把培訓材料排除在人事檔案外（A.16 X3）",
        "{name} says no, but no rule keeps anything out of a personnel file (A.16 X3)",
    ),
    "pack-training-yes": _said(
        "{name} 为 yes，却有规则把培训材料排除在外（A.16 X3）",
        "{name} 為 yes，卻有規則把培訓材料排除在外（A.16 X3）",
        "{name} says yes, but a rule keeps training out (A.16 X3)",
    ),
    # -- checklist --
    "pack-per": _said(
        "per {per} 不可用，可用：{choices}", "per {per} 不可用，可用：{choices}", "per {per} is not known ({choices})"
    ),
    "pack-slot-of-year": _said(
        "按年度的项要写明由哪些类别或文种填充",
        "按年度的項要寫明由哪些類別或文種填充",
        "a slot of a year needs the series or the kinds of document that fill it",
    ),
    "pack-no-condition": _said("没有条件 {condition}", "沒有條件 {condition}", "there is no condition {condition}"),
    "pack-field-papers": _said(
        "是有 labels 的栏目，不能由文种或类别填充",
        "是有 labels 的欄目，不能由文種或類別填充",
        "is a field with labels, which no paper fills by its kind",
    ),
    "pack-field-per": _said(
        "是栏目，只有一户一档才有", "是欄目，只有一戶一檔才有", "is a field, which only files of a subject have"
    ),
    "pack-label-twice": _said(
        "“{label}”已是 {slot} 的栏名",
        "「{label}」已是 {slot} 的欄名",
        "the label {label} is that of {slot} already",
    ),
}
