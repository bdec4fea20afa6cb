"""Every list that leaves the house: its columns in both languages and its rows, phones masked.

The columns of the cars are those that an import reads, so that an exported file reads back with nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from floorlead.cars import queries as cars
from floorlead.cars.records import Car
from floorlead.exchange import headings, marketfields, marketlists, orderlists
from floorlead.exchange import words as said
from floorlead.exchange.orderlists import Row, yes
from floorlead.exchange.records import Field
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import KIND_WORDS
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.phones import mask_in
from floorlead.record import record
from floorlead.store import Store, log
from floorlead.tasks import queries as tasks
from floorlead.words import N_, _, pick

MOST_ACTIONS = 100_000
"""Actions of the history that one file holds."""
_NUMBERS = {"msrp", "cost", "deposit", "accessory_amount", "age_days", "party", "times"}
_DAYS = {
    "built_on", "paid_on", "arrived_on", "expected_on", "left_on", "ordered_on", "temp_plate_until", "insured_from", "day",
    "first_on", "last_contact", "next_due", "closed_on",
    *orderlists.STEPS,
}  # fmt: skip


@record
class Column:
    """A column of an exported list: its heading in Chinese and English, and what it holds (`tables.writing.KINDS`)."""

    zh: str
    en: str
    kind: str = "text"

    @property
    def heading(self) -> str:
        """The heading in the language spoken now."""
        return pick(self.zh, self.en)


@record
class ListOf:
    """A list that can be written to a file; `rows` reads it from the store, a cell for each column."""

    word: str
    columns: tuple[Column, ...]
    rows: Callable[..., Iterable[Row]]
    phones: bool = False
    """Whether it has telephone numbers; `rows` then takes how they are written."""


def _like(fields: Iterable[Field]) -> tuple[Column, ...]:
    """The columns of what is read in, for what is written."""
    kinds = {**dict.fromkeys(_NUMBERS, "number"), **dict.fromkeys(_DAYS, "date")}
    return tuple(Column(field.zh, field.en, kinds.get(field.name, "text")) for field in fields)


def _value(table: dict[str, tuple[str, ...]], code: str) -> str:
    """A value's word in the language spoken now, as the import reads it."""
    zh, en, *_others = (*table[code], "")
    return pick(zh, en) if code else ""


_ROLES = {
    Role.MANAGER: "经理", Role.LEADER: "组长", Role.CONSULTANT: "顾问", Role.RECEPTIONIST: "前台",
    Role.TEST_DRIVE: "试驾专员", Role.PLANNER: "计划员",
}  # fmt: skip


# -- the lists


def _cars(store: Store) -> Iterator[Row]:
    numbers = {person.id: person.number for person in people.everybody(store)}
    keepers = {piece.id: numbers.get(piece.keeper_id or 0, "") for piece in furniture.standing(store)}
    for car in cars.here(store):
        yield (
            car.vin, car.model, car.model_name, car.trim, car.colour, car.interior, car.powertrain, car.msrp, car.cost,
            car.built_on, car.paid_on, car.arrived_on, car.expected_on, car.left_on, *_axes(car), car.spot,
            keepers.get(car.spot_id or 0, ""), car.unchecked, car.note,
        )  # fmt: skip


def _axes(car: Car) -> tuple[str, ...]:
    return (
        _value(said.STATES, car.stock_state.value), _value(said.PLACES, car.placement.value),
        _value(said.ALLOCATIONS, "allocated" if car.allocated else "free"), _value(said.HOLDS, car.hold.value),
    )  # fmt: skip


def _ageing(store: Store) -> Iterator[Row]:
    from floorlead.ageing.queries import aged

    found = aged(store)
    for one in found.cars:
        car = one.car
        yield (
            car.vin, car.model_shown, car.trim, _colour(car), car.place_words(), one.stock_age, one.paid_age, one.built_age,
            found.buckets[one.bucket], round(one.interest_per_day, 2), round(one.interest_to_date, 2), one.owner, car.offer,
            one.last_told, len(one.told),
        )  # fmt: skip


def _colour(car: Car) -> str:
    return pick(car.colour, car.colour_en)


def _sales(store: Store) -> Iterator[Row]:
    models = {model.id: model for model in cars.models(store)}
    sql = (
        "SELECT day, model_id, trim, colour, age_days, advisor, insured, financed, accessories, trade_in, vin "
        "FROM sales ORDER BY day, id"
    )
    for day, model, trim, colour, age, advisor, *flags, vin in store.rows(sql):
        named = models[model].code, models[model].name
        yield day, *named, trim, colour, age, advisor, *map(yes, flags), vin


def _advice(store: Store) -> Iterator[Row]:
    """The day's newest saved version with the leader's own quantities; the advice as it is now where none was saved."""
    from floorlead.advice import queries
    from floorlead.advice.records import quantity
    from floorlead.advice.rules import trims_of

    saved = queries.record_of(store, store.today())
    names = {model.model: model.shown for model in saved.advice.models}
    for line in saved.advice.lines:
        count, own = quantity(line, saved.edits), saved.edits.get(line.key)
        yield (
            saved.version or None, line.model, names[line.model], line.shown, line.sold, round(line.goal, 2), line.free,
            line.in_transit, line.waiting, line.advice, count, own.reason if own else "",
            ", ".join(f"{trim} {cars}" if trim else str(cars) for trim, cars in trims_of(line, count)),
            ", ".join(line.blocked),
        )  # fmt: skip


def _stocktake(store: Store) -> Iterator[Row]:
    from floorlead.stocktake import queries

    take = queries.newest(store)
    if take is None:
        return
    walk = queries.walk(store, take)
    for car, mark in walk.seen:
        yield take.day, car.vin, car.shown, car.place_words(), _("seen"), mark.at.replace("T", " "), mark.note
    for car, noted in walk.unseen:
        yield take.day, car.vin, car.shown, car.place_words(), _("not seen"), "", noted.note if noted else ""
    for mark, other in walk.found:
        place = other.place_words() if other else ""
        yield (take.day, other.vin if other else mark.typed, other.shown if other else "", place, _("not expected"),
               mark.at.replace("T", " "), mark.note)  # fmt: skip


def _people(store: Store) -> Iterator[Row]:
    for one in people.everybody(store):
        yield (
            one.number, one.name, one.name_en, one.title, _role(one), one.team, _rest_day(one), one.joined, one.left_on,
            yes(one.trainee),
        )  # fmt: skip


def _role(one: Person) -> str:
    """A role as the import of people reads it."""
    return pick(_ROLES[one.role], one.role.value.replace("_", " "))


def _rest_day(one: Person) -> str:
    if one.rest_day is None:
        return ""
    return pick("周" + "一二三四五六日"[one.rest_day], ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[one.rest_day])


def _showroom(store: Store) -> Iterator[Row]:
    staff = {person.id: person.number for person in people.everybody(store)}
    for piece in furniture.standing(store):
        keeper = staff.get(piece.keeper_id or 0, "")
        yield _(KIND_WORDS[piece.kind]), piece.spot, piece.label, piece.label_en, keeper, piece.position


def _tasks(store: Store) -> Iterator[Row]:
    for task in tasks.open_all(store):
        yield task.due, mask_in(task.text), task.owner, task.made_on


def _calendar(store: Store) -> Iterator[Row]:
    from floorlead.calendar.queries import specials
    from floorlead.calendar.records import KIND_WORDS as DAY_WORDS

    for special in specials(store):
        yield special.day, _(DAY_WORDS[special.kind]), special.name, special.name_en


def _history(store: Store) -> Iterator[Row]:
    for action in log.actions(store, limit=MOST_ACTIONS):
        day = date.fromisoformat(action.day)
        yield action.seq, day, log.local_time(store, action.at), action.by, action.kind, action.words()


_ORDER = (*_like(headings.ORDERS), Column("订单状态", "State of the order"))
LISTS: dict[str, ListOf] = {
    "cars": ListOf(N_("Cars"), _like(headings.CARS), _cars),
    "ageing": ListOf(N_("Ageing list"), (
        Column("车架号", "VIN"), Column("车型", "Model"), Column("配置", "Trim"), Column("外色", "Colour"),
        Column("位置", "Place"), Column("库龄", "Stock age", "number"), Column("财务库龄", "Paid age", "number"),
        Column("车龄", "Built age", "number"), Column("库龄段", "Bucket"), Column("日利息", "Interest a day", "number"),
        Column("累计利息", "Interest so far", "number"), Column("责任人", "Who pushes it"), Column("促销方案", "Offer"),
        Column("最近播报", "Last told", "date"), Column("播报次数", "Times told", "number"),
    ), _ageing),
    "deliveries": ListOf(N_("Deliveries"), _ORDER, orderlists.deliveries, True),
    "orders": ListOf(N_("Orders"), _ORDER, orderlists.everything, True),
    "sales": ListOf(N_("Sales"), _like(headings.SALES), _sales),
    "advice": ListOf(N_("Order advice"), (
        Column("版本", "Version", "number"), Column("车型代码", "Model code"), Column("车型", "Model"),
        Column("外色", "Colour"), Column("期内销量", "Sold", "number"),
        Column("目标", "Goal", "number"), Column("现车", "Free", "number"), Column("在途", "In transit", "number"),
        Column("待配订单", "Waiting", "number"), Column("建议订车", "Advice", "number"),
        Column("订车数量", "To order", "number"), Column("调整原因", "Reason"), Column("各配置数量", "Trims"),
        Column("先推再订", "Push first"),
    ), _advice),
    "stocktake": ListOf(N_("Stock-take"), (
        Column("盘点日期", "Day", "date"), Column("车架号", "VIN"), Column("车辆", "Car"), Column("账面位置", "Place"),
        Column("结果", "Result"), Column("时间", "Time"), Column("备注", "Note"),
    ), _stocktake),
    "people": ListOf(N_("People"), (
        Column("工号", "Staff ID"), Column("姓名", "Name"), Column("拼音", "Name EN"), Column("职务", "Title"),
        Column("岗位", "Role"), Column("组别", "Team"), Column("休息日", "Rest day"), Column("入职", "Joined", "date"),
        Column("离职", "Left", "date"), Column("实习", "Trainee"),
    ), _people),
    "showroom": ListOf(N_("Showroom"), (
        Column("类别", "Kind"), Column("位置", "Spot"), Column("名称", "Label"), Column("英文名称", "English label"),
        Column("责任人", "Keeper"), Column("顺序", "Position", "number"),
    ), _showroom),
    "tasks": ListOf(N_("Tasks"), (
        Column("日期", "Due", "date"), Column("任务", "Task"), Column("责任人", "Owner"), Column("登记", "Entered", "date"),
    ), _tasks),
    "calendar": ListOf(N_("Calendar"), (
        Column("日期", "Day", "date"), Column("类别", "Kind"), Column("名称", "Name"), Column("英文名称", "English name"),
    ), _calendar),
    "history": ListOf(N_("History"), (
        Column("序号", "Number", "number"), Column("日期", "Day", "date"), Column("时间", "Time"), Column("操作人", "By"),
        Column("种类", "Kind"), Column("操作", "What"),
    ), _history),
    "customers": ListOf(N_("Customers"), _like(marketfields.CUSTOMERS), marketlists.customers, True),
    "visits": ListOf(N_("Visits"), _like(marketfields.VISITS), marketlists.visits, True),
}  # fmt: skip
"""Every list that can be exported, by the name it has on the command line."""
