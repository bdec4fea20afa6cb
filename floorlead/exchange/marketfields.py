"""The columns of lists of customers and of visits, with their headings in Chinese and English."""

from __future__ import annotations

from floorlead.exchange.records import Field

CUSTOMERS = (
    Field("number", "客户编号", "Customer no.", ("customer_id", "编号", "客户号", "潜客编号", "number", "customer_no")),
    Field("name", "姓名", "Name", ("客户", "客户姓名", "客户名称", "称呼", "customer")),
    Field("phone", "电话", "Phone", ("手机", "手机号", "联系电话", "mobile")),
    Field("grade", "级别", "Grade", ("意向级别", "客户级别", "意向等级", "level"), needed=True),
    Field("model", "车型代码", "Model code", ("model", "车型编码", "车系代码")),
    Field("model_name", "车型", "Model", ("model_name", "意向车型", "车系", "车型名称")),
    Field("colour", "外色", "Colour", ("颜色", "意向颜色", "外观颜色", "车身颜色", "ext_color", "color")),
    Field("source", "来源", "Source", ("客户来源", "渠道", "信息来源")),
    Field("advisor", "顾问", "Consultant", ("销售顾问", "advisor")),
    Field("first_on", "建卡日期", "First seen", ("首次到店", "登记日期", "创建日期", "first_on", "created_on")),
    Field(
        "last_contact", "上次联系", "Last contact", ("最近联系", "最后跟进", "上次跟进", "最近跟进日期", "last_contact")
    ),
    Field("next_due", "下次跟进", "Next contact", ("下次回访", "下次联系", "计划跟进日期", "next_due")),
    Field("closed_on", "结束日期", "Closed", ("战败日期", "closed_on")),
    Field("progress", "进展", "Progress", ("跟进情况",)),
    Field("competitor", "竞品", "Competitor", ("竞品车型", "对比车型", "rival")),
    Field("no_contact", "勿扰", "Do not contact", ("不再联系", "拒绝联系", "no_contact")),
    Field("note", "备注", "Note", ("说明", "remark", "remarks", "notes")),
)
VISITS = (
    Field("number", "登记号", "Visit no.", ("序号", "编号", "number", "visit_id", "visit_no")),
    Field("day", "日期", "Date", ("来店日期", "到店日期", "date", "day"), needed=True),
    Field("time", "来店时间", "Time in", ("到店时间", "进店时间", "时间", "time", "came_at")),
    Field("left", "离店时间", "Time out", ("离开时间", "left", "left_at")),
    Field("channel", "方式", "Channel", ("来店来电", "接待方式", "channel"), needed=True),
    Field("kind", "类别", "Kind", ("来店类别", "客流类型", "首次再次", "kind")),
    Field("advisor", "顾问", "Consultant", ("销售顾问", "接待顾问", "advisor")),
    Field("customer", "客户编号", "Customer no.", ("潜客编号", "customer_id", "customer")),
    Field("name", "姓名", "Name", ("客户", "客户姓名", "称呼")),
    Field("phone", "电话", "Phone", ("手机", "手机号", "联系电话", "mobile")),
    Field("model", "车型代码", "Model code", ("model", "车型编码", "车系代码")),
    Field("model_name", "车型", "Model", ("model_name", "意向车型", "车系", "车型名称")),
    Field("colour", "外色", "Colour", ("颜色", "意向颜色", "ext_color", "color")),
    Field("grade", "级别", "Grade", ("意向级别", "客户级别", "level")),
    Field("captured", "留档", "Captured", ("建卡",)),
    Field("test_drive", "试驾", "Test drive", ("试乘试驾", "test_drive")),
    Field("quote", "报价", "Quote", ()),
    Field("finance", "按揭", "Finance", ("金融", "贷款")),
    Field("deal", "成交", "Deal", ("订车",)),
    Field("party", "人数", "Party", ("来店人数", "heads")),
    Field("times", "次数", "Times", ("当日次数",)),
    Field("source", "来源", "Source", ("客户来源", "渠道", "信息来源")),
    Field("purpose", "来店目的", "Purpose", ("目的",)),
    Field("competitor", "竞品", "Competitor", ("竞品车型", "对比车型", "rival")),
    Field("note", "备注", "Note", ("说明", "remark", "remarks", "notes")),
    Field("incomplete", "未完善", "Incomplete", ("待完善",)),
)
CHANNELS = {
    "walk_in": ("来店", "walk-in", "到店", "进店", "展厅", "showroom"),
    "call": ("来电", "call", "电话", "phone"),
}
KINDS = {
    "first": ("首次", "first visit", "首次来店", "首次到店", "新客"),
    "carded_first": ("已建卡首次", "carded, first visit", "建卡首次", "邀约首次"),
    "repeat": ("再次", "again", "再次来店", "二次到店", "复访", "return"),
    "non_intent": ("非意向", "no intent", "非意向客流", "无意向"),
    "": ("",),
}
