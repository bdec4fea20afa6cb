"""Which heading means which field, in Chinese and English; what is not recognised is asked for once and remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from floorlead.exchange.marketfields import CUSTOMERS, VISITS
from floorlead.exchange.records import Field, Table
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.tables.cells import key
from floorlead.words import N_, _, pick

CARS = (
    Field("vin", "车架号", "VIN", ("底盘号", "vin码", "车架号vin", "车辆识别代号", "车辆识别代码"), needed=True),
    Field("model", "车型代码", "Model code", ("model", "车型编码", "车系代码")),
    Field("model_name", "车型", "Model", ("model_name", "车系", "车型名称", "车系名称")),
    Field("trim", "配置", "Trim", ("版本", "配置版本", "款型", "version")),
    Field("colour", "外色", "Colour", ("颜色", "外观颜色", "车身颜色", "外观色", "ext_color", "color", "ext_colour")),
    Field("interior", "内饰", "Interior", ("内饰颜色", "内饰色", "内色", "int_color", "int_colour")),
    Field("powertrain", "动力", "Powertrain", ("发动机", "排量", "动力总成", "engine")),
    Field("msrp", "指导价", "MSRP", ("厂家指导价", "市场指导价", "price", "list_price")),
    Field("cost", "成本", "Cost", ("进价", "发票价", "成本价", "采购价", "invoice_price")),
    Field("built_on", "下线日期", "Built", ("生产日期", "制造日期", "下线", "built_on", "build_date")),
    Field("paid_on", "扣款日期", "Paid", ("批售日期", "付款日期", "paid_on", "wholesale_date")),
    Field("arrived_on", "到货日期", "Arrived", ("入库日期", "到店日期", "到车日期", "arrived_on", "arrival_date")),
    Field(
        "expected_on",
        "预计到店",
        "Expected",
        ("预计到货", "预计到店日期", "预计到货日期", "eta_on", "eta", "expected_on"),
    ),
    Field("left_on", "出库日期", "Left", ("交车日期", "left_on", "delivered_on")),
    Field("stock_state", "车辆状态", "State", ("库存状态", "状态", "stock_state", "status")),
    Field("placement", "位置", "Place", ("存放位置", "库位", "placement", "location")),
    Field("allocation", "配车状态", "Allocation", ("配车", "allocated")),
    Field("hold", "锁定", "Hold", ("锁定状态", "质损")),
    Field("spot", "展位", "Spot", ("展位号", "display_spot")),
    Field("keeper", "责任人", "Keeper", ("展车责任人",)),
    Field("unchecked", "VIN说明", "VIN reason", ("vin_reason", "车架号说明")),
    Field("note", "备注", "Note", ("说明", "remark", "remarks", "notes")),
)
ORDERS = (
    Field("number", "订单号", "Order", ("订单编号", "单号", "number", "order_no", "order_number"), needed=True),
    Field("customer", "客户", "Customer", ("客户姓名", "客户名称", "姓名", "name")),
    Field("phone", "电话", "Phone", ("手机", "手机号", "联系电话", "mobile")),
    Field("invoice_name", "开票名称", "Invoice name", ("发票抬头", "invoice_name")),
    Field("advisor", "顾问", "Consultant", ("销售顾问", "advisor")),
    Field("vin", "车架号", "VIN", ("底盘号", "vin码")),
    Field("model", "车型代码", "Model code", ("model", "车型编码", "车系代码")),
    Field("model_name", "车型", "Model", ("model_name", "车系", "车型名称")),
    Field("trim", "配置", "Trim", ("版本",)),
    Field("colour", "外色", "Colour", ("颜色", "外观颜色", "车身颜色", "ext_color", "color")),
    Field("ordered_on", "订单日期", "Ordered", ("下单日期", "签订日期", "ordered_on", "order_date")),
    Field("deposit", "定金", "Deposit", ("订金",)),
    Field("plate_at", "上牌时间", "Plates at", ("上牌日期", "上牌预约", "plate_at")),
    Field("handover_at", "交车时间", "Hand-over at", ("交车日期", "预计交车", "handover_at")),
    Field("temp_plate_until", "临牌到期", "Temporary plate until", ("临牌有效期", "temp_plate_until")),
    Field("insured_from", "交强险生效", "Insured from", ("交强险生效日期", "保险生效", "insured_from")),
    Field("invoice", "发票", "Invoice", ("开票",)),
    Field("insurance", "保险", "Insurance"),
    Field("plates", "上牌", "Plates"),
    Field("papers", "资料", "Papers", ("资料交接",)),
    Field("insured", "投保", "Insured", ("保险渗透",)),
    Field("financed", "按揭", "Financed", ("贷款", "finance")),
    Field("accessories", "精品", "Accessories", ("装潢",)),
    Field("accessory_amount", "精品金额", "Accessory sum", ("装潢金额", "精品产值", "accessory_amount")),
    Field("trade_in", "置换", "Trade-in", ("tradein",)),
    Field("note", "备注", "Note", ("说明", "remark", "remarks", "notes")),
)
SALES = (
    Field("day", "交车日期", "Delivered", ("delivered_on", "销售日期", "日期", "date", "day"), needed=True),
    Field("model", "车型代码", "Model code", ("model", "车型编码", "车系代码")),
    Field("model_name", "车型", "Model", ("model_name", "车系", "车型名称")),
    Field("trim", "配置", "Trim", ("版本",)),
    Field("colour", "外色", "Colour", ("颜色", "外观颜色", "车身颜色", "ext_color", "color")),
    Field("age_days", "库龄", "Age", ("库龄天", "age_days")),
    Field("advisor", "顾问", "Consultant", ("销售顾问", "advisor")),
    Field("insured", "投保", "Insured", ("保险",)),
    Field("financed", "按揭", "Financed", ("贷款", "finance")),
    Field("accessories", "精品", "Accessories", ("装潢",)),
    Field("trade_in", "置换", "Trade-in", ("tradein",)),
    Field("vin", "车架号", "VIN", ("底盘号", "vin码")),
)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "cars": CARS, "orders": ORDERS, "sales": SALES, "customers": CUSTOMERS, "visits": VISITS,
}  # fmt: skip
_UNIT = re.compile(r"\([^()]*\)$")


def plain(heading: str) -> str:
    """A heading as it is compared: without its unit, asterisks and blanks."""
    return _UNIT.sub("", key(heading).strip(" *:")).strip(" *:").replace(" ", "_").replace("-", "_")


def field_word(field: Field) -> str:
    """What a field is called in the language spoken now."""
    return pick(field.zh, field.en)


def _known(kind: str) -> dict[str, str]:
    return {plain(word): f.name for f in reversed(FIELDS[kind]) for word in (f.zh, f.en, f.name, *f.also)}


def _exactly(kind: str) -> dict[str, str]:
    """Headings whose spelling alone tells them apart: `model` is the code, `Model` as exported is the name."""
    return {word: f.name for f in FIELDS[kind] for word in (f.zh, f.en)}


def recognised(table: Table, given: Mapping[str, int] | None = None) -> dict[str, int]:
    """The column of each field whose heading is known; `given` (what was assigned) is taken as it is.

    Of two columns that mean the same field the first one counts.
    """
    if given is not None:
        return {field: at for field, at in given.items() if 0 <= at < len(table.headings)}
    found: dict[str, int] = {}
    known, exact = _known(table.kind), _exactly(table.kind)
    for at, heading in enumerate(table.headings):
        field = exact.get(heading.strip()) or known.get(plain(heading))
        if field:
            found.setdefault(field, at)
    return found


def missing(kind: str, columns: Mapping[str, int]) -> list[Field]:
    """The fields without which nothing can be read, and that have no column."""
    lost = [field for field in FIELDS[kind] if field.needed and field.name not in columns]
    if kind == "sales" and not {"model", "model_name"} & set(columns):
        lost.append(next(field for field in SALES if field.name == "model"))
    return lost


def right_kind(table: Table) -> None:
    """Refuse a list of another kind: one that knows at least twice as many of the headings, or knows more and has all
    that it needs while this kind lacks something."""
    known = {kind: recognised(replace(table, kind=kind)) for kind in FIELDS}
    mine, lacks = len(known[table.kind]), bool(missing(table.kind, known[table.kind]))
    for kind, columns in sorted(known.items(), key=lambda one: -len(one[1])):
        if missing(kind, columns):
            continue
        if len(columns) > mine and (lacks or len(columns) >= 2 * mine):
            raise Refused("E181", _(_OTHER[kind]))


_OTHER = {
    "cars": N_("This looks like a list of cars; use Import cars (import cars)"),
    "orders": N_("This looks like a list of orders; use Import orders (import orders)"),
    "sales": N_("This looks like a list of sales; use Import sales (import sales)"),
    "customers": N_("This looks like a list of customers; use Import customers (import customers)"),
    "visits": N_("This looks like a list of visits; use Import visits (import visits)"),
}


def need(kind: str, columns: Mapping[str, int]) -> None:
    """Refuse where a needed column is not known."""
    lost = missing(kind, columns)
    if lost:
        told = _("No column is known as {fields}; assign it to one of the headings")
        raise Refused("E173", told.format(fields=", ".join(map(field_word, lost))))


def unused(table: Table, columns: Mapping[str, int]) -> list[str]:
    """The headings that no field takes."""
    taken = set(columns.values())
    return [word for at, word in enumerate(table.headings) if word.strip() and at not in taken]


def given_by_hand(table: Table, pairs: Sequence[str]) -> dict[str, int]:
    """The columns where `field=Heading` pairs name some of them; the rest is recognised.

    Raises Refused: E174 for a pair that names no field, E175 for a heading that the file lacks.
    """
    columns = recognised(table)
    names = {
        word: f.name for f in FIELDS[table.kind] for word in (f.name, plain(f.zh), plain(f.en), *map(plain, f.also))
    }
    there = {plain(heading): at for at, heading in enumerate(table.headings)}
    for pair in pairs:
        field, sign, heading = pair.partition("=")
        if not sign or plain(field) not in names:
            fields = ", ".join(f.name for f in FIELDS[table.kind])
            raise Refused("E174", _("'{pair}' names no field; write FIELD=Heading with one of: {fields}").format(
                pair=pair, fields=fields))  # fmt: skip
        if plain(heading) not in there:
            raise Refused("E175", _("There is no column '{heading}' in the file").format(heading=heading))
        columns[names[plain(field)]] = there[plain(heading)]
    return columns
