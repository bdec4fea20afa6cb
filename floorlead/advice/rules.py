"""How many cars to order of each model and colour, in arithmetic that a leader can defend.

The lines of a model sum to the model's advice, no number is negative, and a trim-colour with a car to push first is
never ordered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from floorlead.advice.records import ColourLine, ModelLine, Push, Sold, Stock, Waiting, Wish
from floorlead.record import record, replace

PRIOR = 2
"""Sales that the colour's share over all models weighs in a model's own share."""


@record
class Market:
    """What sold in the `window` days, which free cars there are, which orders wait; older than `push_days` is pushed."""

    sold: Sequence[Sold]
    stock: Sequence[Stock]
    waiting: Sequence[Waiting]
    window: int
    push_days: int

    def of(self, model: str) -> Market:
        """One model's part of it."""
        parts = ([one for one in ones if one.model == model] for ones in (self.sold, self.stock, self.waiting))
        sold, stock, waiting = parts
        return replace(self, sold=sold, stock=stock, waiting=waiting)


def target(sold: int, window: int, target_days: int, minimum: int) -> int:
    """Cars that should be there: ceil(sold / window x target_days), at least the minimum.

    Source: days' supply over the sales of the last 45 days, and a minimum to stock (vAuto).
    """
    return max(-(-sold * target_days // window), minimum)


def need(target: int, waiting: int, available: int) -> int:
    """Cars to order: the target and the orders that wait, less what is free here and on its way."""
    return max(0, target + waiting - available)


def advise(wish: Wish, market: Market, shares: Mapping[str, float]) -> tuple[ModelLine, list[ColourLine]]:
    """One model's arithmetic and its colours; `market` is the model's own, `shares` the colours' over all models."""
    model = _model(wish, market)
    lines = _colours(model, market, shares)
    given = _given(lines, model.need)
    lines = [replace(line, advice=count) for line, count in zip(lines, given, strict=True)]
    return replace(model, advice=sum(given)), lines


def _model(wish: Wish, market: Market) -> ModelLine:
    sold = sum(one.count for one in market.sold)
    free = sum(car.age is not None for car in market.stock)
    waiting = sum(one.count for one in market.waiting)
    goal = target(sold, market.window, wish.target_days, wish.minimum)
    asked = need(goal, waiting, len(market.stock))
    return ModelLine(wish.code, wish.name, wish.name_en, sold, sold / market.window, wish.target_days, wish.minimum,
                     goal, free, len(market.stock) - free, waiting, asked, asked)  # fmt: skip


# -- colours


def shares(sold: Iterable[Sold]) -> dict[str, float]:
    """Each colour's share of everything sold."""
    counts = _by_colour(sold)
    total = sum(counts.values())
    return {colour: count / total for colour, count in counts.items()}


def _by_colour(ones: Iterable[Sold | Waiting]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in ones:
        if one.colour:
            counts[one.colour] += one.count
    return counts


def blended(sold: Mapping[str, int], colours: Sequence[str], overall: Mapping[str, float]) -> dict[str, float]:
    """Each colour's share in a model: (sold + 2 x its share over all models) / (n + 2); they sum to 1.

    The share over all models counts among the model's own colours only: a colour it does not come in takes nothing.
    """
    whole = sum(overall.get(colour, 0.0) for colour in colours)
    prior = {c: overall.get(c, 0.0) / whole if whole else 1 / len(colours) for c in colours}
    n = sum(sold.get(colour, 0) for colour in colours)
    return {c: (sold.get(c, 0) + PRIOR * prior[c]) / (n + PRIOR) for c in colours}


def _colours(model: ModelLine, market: Market, overall: Mapping[str, float]) -> list[ColourLine]:
    """The model's colours with their goals, the best-selling first; orders that wait come off the top in their colour."""
    sold, wanted = _by_colour(market.sold), _by_colour(market.waiting)
    here = Counter(car.colour for car in market.stock if car.age is not None and car.colour)
    coming = Counter(car.colour for car in market.stock if car.age is None and car.colour)
    colours = sorted(set(sold) | set(wanted) | set(here) | set(coming), key=lambda c: (-sold[c], c)) or [""]
    share = blended(sold, colours, overall)
    pool = model.available + model.need - sum(wanted.values())
    lines = []
    for colour in colours:
        trims, blocked = _trims(colour, market)
        goal = wanted[colour] + share[colour] * pool
        lines.append(ColourLine(model.model, colour, sold[colour], share[colour], goal, here[colour], coming[colour],
                                wanted[colour], 0, trims, blocked))  # fmt: skip
    return lines


def _trims(colour: str, market: Market) -> tuple[list[tuple[str, int]], list[str]]:
    """The trims to order in a colour with how often each sold, and those left out because of an old car.

    Where nothing sold in the colour, the trims are those that sell in the model, else those that stand here.
    """
    kinds = (
        [(one.trim, one.count) for one in market.sold if one.colour == colour],
        [(one.trim, one.count) for one in market.sold],
        [(car.trim, 1) for car in market.stock],
    )
    counts: Counter[str] = Counter()
    for trim, count in next((kind for kind in kinds if kind), []):
        counts[trim] += count
    old = {car.trim for car in market.stock if car.colour == colour and is_old(car, market.push_days)}
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [one for one in ranked if one[0] not in old], sorted(old)


def is_old(car: Stock, push_days: int) -> bool:
    """Whether a free car here is older than `push_days`; at exactly that age it is not."""
    return car.age is not None and car.age > push_days


def _given(lines: Sequence[ColourLine], count: int) -> list[int]:
    """Give out the cars one by one: first to orders that wait, then to the colour furthest below its goal.

    A colour whose trims are all to be pushed first gets none; its cars go to the others.
    """
    given = [0] * len(lines)
    open_ = [n for n, line in enumerate(lines) if not line.shut]
    for _car in range(count if open_ else 0):
        given[max(open_, key=lambda n: _urgency(lines[n], given[n]))] += 1
    return given


def _urgency(line: ColourLine, given: int) -> tuple[bool, float, int]:
    there = line.free + line.in_transit + given
    return line.waiting > there, line.goal - there, line.sold


def trims_of(line: ColourLine, count: int) -> list[tuple[str, int]]:
    """How many of each trim, by how often each sold, as whole cars by largest remainder; trims without a car left out."""
    if not line.trims or count <= 0:
        return []
    whole = sum(sold for _trim, sold in line.trims)
    exact = [count * sold / whole for _trim, sold in line.trims]
    cars = [int(part) for part in exact]
    rest = sorted(range(len(exact)), key=lambda n: (cars[n] - exact[n], n))[: count - sum(cars)]
    parts = [(trim, cars[n] + (n in rest)) for n, (trim, _sold) in enumerate(line.trims)]
    return [part for part in parts if part[1]]


# -- push first


def push_first(wishes: Sequence[Wish], stock: Iterable[Stock], push_days: int) -> list[Push]:
    """Each trim-colour with a free car older than `push_days`, the oldest first."""
    names = {wish.code: wish for wish in wishes}
    groups: dict[tuple[str, str, str], list[Stock]] = {}
    for car in stock:
        if is_old(car, push_days) and car.model in names:
            groups.setdefault((car.model, car.trim, car.colour), []).append(car)
    found = [_push(names[cars[0].model], cars) for cars in groups.values()]
    return sorted(found, key=lambda push: (-push.age, push.model, push.colour, push.trim))


def _push(wish: Wish, cars: Sequence[Stock]) -> Push:
    oldest = max(cars, key=lambda car: car.age or 0)
    return Push(wish.code, wish.name, wish.name_en, oldest.trim, oldest.colour, oldest.age or 0, oldest.vin,
                oldest.spot, len(cars))  # fmt: skip
