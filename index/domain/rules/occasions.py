"""Decides what the events are called from which deadlines count, so that "2 years after ..." reads like a sentence.

A regulation names events of its own in `called` of its pack.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.domain.rules.provisions import LANGUAGES, Titles


def _titles(*words: str) -> Titles:
    return dict(zip(LANGUAGES, words, strict=True))


OCCASIONS: Mapping[str, Titles] = {
    "activity": _titles("活动", "活動", "the activity"),
    "agreement-end": _titles("协议到期", "協議到期", "the end of the agreement"),
    "batch-published": _titles("本批目录公布", "本批目錄公佈", "the publication of the batch"),
    "batch-ready": _titles("本批目录备齐", "本批目錄備齊", "the completion of the batch"),
    "border-crossing": _titles("档案出境", "檔案出境", "the crossing of a border"),
    "capital-or-business-changed": _titles(
        "资本结构或主营业务发生较大变化", "資本結構或主營業務發生較大變化", "a large change of capital or main business"
    ),
    "category-deadline": _titles("该类移交期限届满", "該類移交期限屆滿", "the day set for the category"),
    "change-reported": _titles("员工申报变更", "員工申報變更", "the report of a change"),
    "contract-end": _titles("合同到期", "合同到期", "the end of the contract"),
    "creation": _titles("文件形成", "文件形成", "the creation of the record"),
    "delivered": _titles("文件送达", "文件送達", "the delivery"),
    "dispatched": _titles("文件发出", "文件發出", "the dispatch"),
    "document": _titles("文件形成", "文件形成", "the document"),
    "event": _titles("有重大事项", "有重大事項", "an important event"),
    "file-opened": _titles("建档", "建檔", "the opening of the file"),
    "file-revised": _titles("档案修订", "檔案修訂", "the revision of the file"),
    "filed": _titles("归档", "歸檔", "filing"),
    "filing-complete": _titles("归档完毕", "歸檔完畢", "the completion of filing"),
    "first-contact": _titles("首次接触客户", "首次接觸客戶", "the first contact"),
    "first-document": _titles("收到首份文件", "收到首份文件", "the first document"),
    "form": _titles("填表", "填表", "the filling in of the form"),
    "form-lost": _titles("档案表遗失或破损", "檔案表遺失或破損", "the loss of a form"),
    "grade-change": _titles("客户等级变动", "客戶等級變動", "the change of grade"),
    "handed-over": _titles("交表", "交表", "the hand-over"),
    "hire": _titles("入职", "入職", "hire"),
    "holiday": _titles("逢节日", "逢節日", "a holiday"),
    "information-received": _titles("收到信息", "收到信息", "the receipt of the information"),
    "ku-filed": _titles("会计档案归档", "會計檔案歸檔", "the filing of accounting records"),
    "last-addition": _titles("最近一次补充", "最近一次補充", "the last addition"),
    "lease-end": _titles("租约终止", "租約終止", "the end of the lease"),
    "leaving": _titles("离职", "離職", "leaving"),
    "lent": _titles("借出", "借出", "the loan"),
    "loan-due": _titles("借阅到期", "借閱到期", "the day when a loan is due"),
    "new-edition": _titles("新版发布", "新版發佈", "the issue of a new edition"),
    "owner-change": _titles("业户变更", "業戶變更", "the change of owner"),
    "owner-data-change": _titles("业户资料变动", "業戶資料變動", "the change of the owner's particulars"),
    "period-over": _titles("保管期满", "保管期滿", "the end of the retention period"),
    "plan": _titles("计划下达", "計劃下達", "the start of the plan"),
    "plan-phase-two": _titles("计划第二阶段开始", "計劃第二階段開始", "the start of the plan's second phase"),
    "position-change": _titles("岗位变动", "崗位變動", "the change of post"),
    "probation-end": _titles("试用期满", "試用期滿", "the end of probation"),
    "received": _titles("收到文件", "收到文件", "receipt"),
    "regularisation": _titles("转正", "轉正", "regularisation"),
    "relation-end": _titles("客户关系终止", "客戶關係終止", "the end of the relation"),
    "removed": _titles("文件取出", "文件取出", "removal"),
    "schedule-drafted": _titles("期限表拟定", "期限表擬定", "the drafting of the schedule"),
    "separation": _titles("离职", "離職", "separation"),
    "submitted": _titles("资料提交", "資料提交", "submission"),
    "survey-assigned": _titles("调查表分配", "調查表分配", "the assignment of the forms"),
    "survey-below-required": _titles("满意度低于要求", "滿意度低於要求", "a survey below what is required"),
    "survey-filled": _titles("调查表填好", "調查表填好", "the filling in of the survey"),
    "transaction": _titles("交易", "交易", "the transaction"),
    "transfer": _titles("移交进馆", "移交進館", "the transfer"),
    "visit-planned": _titles("安排回访", "安排回訪", "the planning of a visit"),
}


def occasion(event: str, language: str, called: Mapping[str, Titles]) -> str:
    """What an event is called; one that has no words is shown as it is.

    The pack's own words come last: its `form` may be a paper, not the filling in of one.
    """
    titles = OCCASIONS.get(event) or called.get(event, {})
    return titles.get(language, event)
