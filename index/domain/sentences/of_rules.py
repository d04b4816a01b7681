"""Decides the words of what a regulation allows or refuses: one sentence a code, in the three languages of the room."""

from __future__ import annotations

from index.domain.sentences.saying import said as _said

OF_RULES: dict[str, dict[str, str]] = {
    # -- who may --
    "no-right": _said(
        "制度没有给“{role}”这项权限。",
        "制度沒有給「{role}」這項權限。",
        "The regulation gives {role} no such right.",
    ),
    "purpose-needed": _said(
        "请写明用途（{clause}）。", "請寫明用途（{clause}）。", "Say what it is needed for ({clause})."
    ),
    "reason-code-needed": _said(
        "请选定事由（{clause}）：{reasons}。",
        "請選定事由（{clause}）：{reasons}。",
        "Choose one of the reasons that the regulation knows ({clause}): {reasons}.",
    ),
    "evidence-needed": _said(
        "事由 {reason} 须附证明文件（{clause}）。",
        "事由 {reason} 須附證明文件（{clause}）。",
        "Reason {reason} needs a document that proves it ({clause}).",
    ),
    "approval-needed": _said(
        "须先经“{approver}”批准（{clause}）。",
        "須先經「{approver}」批准（{clause}）。",
        "{approver} has to approve it first ({clause}).",
    ),
    "other-department": _said(
        "只能查阅本部门的档案，此件现属其他部门（{clause}）。",
        "只能查閱本部門的檔案，此件現屬其他部門（{clause}）。",
        "Only records of one's own department; this one belongs to another now ({clause}).",
    ),
    "not-open": _said("此件未开放（{clause}）。", "此件未開放（{clause}）。", "This item is not open ({clause})."),
    "sealed": _said(
        "此卷已封存，须经“{approver}”批准方可启封，每次批准启封一次（{clause}）。",
        "此卷已封存，須經「{approver}」批准方可啟封，每次批准啟封一次（{clause}）。",
        "It is sealed: {approver} has to approve each opening ({clause}).",
    ),
    # -- lending --
    "loan-unknown": _said(
        "制度没有规定这种借阅（{kind}），不能借出。",
        "制度沒有規定這種借閱（{kind}），不能借出。",
        "The regulation knows no such loan ({kind}); it is not lent.",
    ),
    "loan-denied": _said(
        "按制度不得外借（{clause}）；确有需要，须写明原因并经“{approver}”批准。",
        "按制度不得外借（{clause}）；確有需要，須寫明原因並經「{approver}」批准。",
        "By the regulation it is not lent ({clause}); an exception needs a reason and the approval of {approver}.",
    ),
    "loan-without-a-day": _said(
        "请定归还日期（{clause}）。",
        "請定歸還日期（{clause}）。",
        "Agree on the day by which it comes back ({clause}).",
    ),
    "loan-too-long": _said(
        "最迟须于 {day} 归还（{clause}）。",
        "最遲須於 {day} 歸還（{clause}）。",
        "It has to be back by {day} ({clause}).",
    ),
    "borrower-overdue": _said(
        "借阅人尚有 {n} 件逾期未还，还清后才能再借（{clause}）。",
        "借閱人尚有 {n} 件逾期未還，還清後才能再借（{clause}）。",
        "The borrower has {n} overdue loans; they come back first ({clause}).",
    ),
    "return-without": _said(
        "归还时须附“{what}”（{clause}）。",
        "歸還時須附「{what}」（{clause}）。",
        "It is taken back with {what} only ({clause}).",
    ),
    # -- gates --
    "still-held": _said(
        "{what} 尚未交还，不能办理（{clause}）。",
        "{what} 尚未交還，不能辦理（{clause}）。",
        "{what} has not been handed back ({clause}).",
    ),
    "not-signed": _said(
        "{what} 尚未签字（{clause}）。", "{what} 尚未簽字（{clause}）。", "{what} has not been signed ({clause})."
    ),
    # -- intake --
    "comes-without": _said(
        "缺少“{what}”，按制度不予接收（{clause}）。",
        "缺少「{what}」，按制度不予接收（{clause}）。",
        "It is refused: {what} is missing ({clause}).",
    ),
    "kept-apart": _said(
        "缺少“{what}”，已隔离，补齐之前不得使用（{clause}）。",
        "缺少「{what}」，已隔離，補齊之前不得使用（{clause}）。",
        "{what} is missing; until it is there, the item is kept apart and not used ({clause}).",
    ),
    # -- how long it is kept, and how it goes --
    "kept-for-ever": _said("永久保管。", "永久保管。", "It is kept for ever."),
    "period-unset": _said(
        "保管期限未定，不得处置。请先确定保管期限。",
        "保管期限未定，不得處置。請先確定保管期限。",
        "Its retention period is not set, so it stays. Set the period first.",
    ),
    "trigger-undated": _said(
        "起算事件“{event}”没有日期，保管期限无法计算（{clause}）。",
        "起算事件「{event}」沒有日期，保管期限無法計算（{clause}）。",
        "The event it counts from ({event}) has no date, so the period cannot be computed ({clause}).",
    ),
    "kept-until": _said(
        "保管至 {day}（{clause}）。", "保管至 {day}（{clause}）。", "It is kept until {day} ({clause})."
    ),
    "held": _said(
        "已冻结（{reason}，自 {since} 起），解除之前不得销毁。",
        "已凍結（{reason}，自 {since} 起），解除之前不得銷毀。",
        "It is on hold ({reason}, since {since}) and stays until that is lifted.",
    ),
    "method-refused": _said(
        "这一密级不能用这种方式（{method}）销毁，可用：{methods}（{clause}）。",
        "這一密級不能用這種方式（{method}）銷毀，可用：{methods}（{clause}）。",
        "Records of this marking are not destroyed in this way ({method}); allowed: {methods} ({clause}).",
    ),
    "witnesses-needed": _said(
        "须有 {n} 名监销人，提出人和批准人不算；现有 {found} 名（{clause}）。",
        "須有 {n} 名監銷人，提出人和批准人不算；現有 {found} 名（{clause}）。",
        "It takes {n} witnesses besides who proposed and who approved it; there are {found} ({clause}).",
    ),
    "own-proposal": _said(
        "{person} 不能批准自己提出的销毁（{clause}）。",
        "{person} 不能批准自己提出的銷毀（{clause}）。",
        "{person} cannot approve what they proposed themselves ({clause}).",
    ),
    # -- completeness --
    "no-such-unit": _said(
        "没有这份案卷，或您无权查看。",
        "沒有這份案卷，或您無權查看。",
        "There is no such file or year, or you may not see it.",
    ),
    "no-such-slot": _said(
        "清单里没有这一项（{slot}）。",
        "清單裡沒有這一項（{slot}）。",
        "There is no such place in the checklist ({slot}).",
    ),
    # -- packs --
    "bad-when": _said(
        "“{when}”不是可以推算的期限。可写作：{hint}。",
        "「{when}」不是可以推算的期限。可寫作：{hint}。",
        "“{when}” is no time that can be computed. Write, for instance: {hint}.",
    ),
    "no-such-edition": _said(
        "档案制度“{pack}”没有版本 {edition}。",
        "檔案制度「{pack}」沒有版本 {edition}。",
        "The pack “{pack}” has no edition {edition}.",
    ),
    "pack-not-loaded": _said(
        "档案制度“{pack}”有误，未启用：{file} 中的 {key}：{problem}。",
        "檔案制度「{pack}」有誤，未啟用：{file} 中的 {key}：{problem}。",
        "The pack “{pack}” is wrong and was not loaded: {key} in {file}: {problem}.",
    ),
    "pack-broken": _said(
        "档案制度“{pack}”的新文本有误，仍按版本 {version}（{digest}）执行。{file} 中的 {key}：{problem}。",
        "檔案制度「{pack}」的新文本有誤，仍按版本 {version}（{digest}）執行。{file} 中的 {key}：{problem}。",
        "The new text of the pack “{pack}” is wrong; version {version} ({digest}) stays in force. {key} in {file}:"
        " {problem}.",
    ),
    "edition-waits": _said(
        "档案制度“{pack}”的版本 {version} 自 {day} 起施行，在此之前仍按现行版本执行。",
        "檔案制度「{pack}」的版本 {version} 自 {day} 起施行，在此之前仍按現行版本執行。",
        "Version {version} of the pack “{pack}” holds from {day}; until then the present one does.",
    ),
    "edition-at-restart": _said(
        "档案制度“{pack}”的版本 {version} 将在重新启动后执行。",
        "檔案制度「{pack}」的版本 {version} 將在重新啟動後執行。",
        "Version {version} of the pack “{pack}” comes into force when Muniment is started again.",
    ),
    "edition-same-version": _said(
        "档案制度“{pack}”的文本已改，版本号仍是 {version}。请改版本号，以便区分。",
        "檔案制度「{pack}」的文本已改，版本號仍是 {version}。請改版本號，以便區分。",
        "The text of the pack “{pack}” was changed, its version is still {version}. Give it another version.",
    ),
    "edition-supersedes": _said(
        "档案制度“{pack}”的版本 {version} 没有写明取代的版本 {former}（supersedes）。",
        "檔案制度「{pack}」的版本 {version} 沒有寫明取代的版本 {former}（supersedes）。",
        "Version {version} of the pack “{pack}” does not say that it supersedes version {former}.",
    ),
    "series-claimed-twice": _said(
        "全宗 {fonds} 的类别 {series} 有两套制度（{one}、{other}）同时规定。一个类别只能依一套制度，请只选其一。",
        "全宗 {fonds} 的類別 {series} 有兩套制度（{one}、{other}）同時規定。一個類別只能依一套制度，請只選其一。",
        "Two regulations ({one} and {other}) claim the series {series} of the fonds {fonds}. A series follows one of"
        " them: choose which.",
    ),
    "bad-approver": _said(
        "“{approver}”不是可用的批准人写法，应写作 dept_head(owning) or general_manager。",
        "「{approver}」不是可用的批准人寫法，應寫作 dept_head(owning) or general_manager。",
        "“{approver}” names no approver. Write: dept_head(owning) or general_manager.",
    ),
}
