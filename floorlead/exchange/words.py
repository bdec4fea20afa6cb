"""What a dealer's file calls a car's state, place, allocation and hold, in Chinese and English.

The first word of each value is what an export writes, so that an exported file reads back.
"""

from __future__ import annotations

from collections.abc import Mapping

STATES = {
    "in_stock": ("在库", "in stock", "stock", "库存", "已入库", "在店"),
    "in_transit": ("在途", "in transit", "transit", "采购在途", "运输中", "未到"),
    "delivered": ("已交付", "delivered", "已出库", "已交车", "出库", "已售", "sold", "out"),
    "transferred": ("调出", "at a sister store", "transferred", "已调出", "调拨", "调拨出库"),
    "returned": ("退厂", "returned", "已退厂", "退车"),
    "test_drive": ("试驾", "test drive", "试驾车", "test drives", "demo"),
    "": ("",),
}
PLACES = {
    "yard": ("车库", "yard", "停车场", "库房", "仓库", "车场"),
    "display": ("展厅", "on display", "display", "展车", "showroom"),
    "test_drive": ("试驾", "test drives", "test drive", "试驾车", "试驾区", "test bay"),
    "away": ("外出", "out of the house", "away", "外展", "巡展"),
    "none": ("无", "none", "-", "road", "在途", "n/a"),
    "": ("",),
}
ALLOCATIONS = {
    "free": ("未配车", "free", "n/a", "未配", "no", "否", "0", "-"),
    "allocated": ("已配车", "allocated", "已配", "yes", "是", "1"),
    "": ("",),
}
HOLDS = {
    "damage": ("质损锁定", "damage hold", "damage", "质损", "已锁定"),
    "pdi": ("待PDI", "waits for PDI", "pdi", "待检", "pdi锁定"),
    "": ("", "-", "no", "无", "none", "否", "0", "正常", "未锁定"),
}


def readings(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Every word of a table, compared without case and underscores, and the value that it stands for."""
    found = {code.replace("_", " "): code for code in table}
    return found | {word.casefold().replace("_", " "): code for code, words in table.items() for word in words}
