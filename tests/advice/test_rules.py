"""How many to order: the arithmetic, the split to colours, and what is never ordered."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as some

from floorlead.advice import rules
from floorlead.advice.records import Sold, Stock, Waiting, Wish
from floorlead.record import replace

COLOURS, TRIMS = ("white", "grey", "red", "blue", ""), ("base", "top", "sport")
WISH = Wish("QY", "青屿", "", 0, 40)

colours, trims, counts = some.sampled_from(COLOURS), some.sampled_from(TRIMS), some.integers(1, 12)
sold = some.lists(some.builds(Sold, some.just("QY"), trims, colours, counts), max_size=12)
ages = some.one_of(some.none(), some.integers(0, 200))
stock = some.lists(some.builds(Stock, some.just("QY"), trims, colours, ages), max_size=20)
waiting = some.lists(some.builds(Waiting, some.just("QY"), colours, some.integers(1, 3)), max_size=4)
markets = some.builds(rules.Market, sold, stock, waiting, some.just(45), some.just(60))
wishes = some.builds(
    Wish, some.just("QY"), some.just("青屿"), some.just(""), some.integers(0, 20), some.integers(1, 90)
)


def market(*, sold: tuple = (), stock: tuple = (), waiting: tuple = ()) -> rules.Market:
    """What sold (trim, colour, count), what is here (trim, colour, age; None = on its way), who waits (colour)."""
    return rules.Market(
        [Sold("QY", *one) for one in sold], [Stock("QY", *one) for one in stock],
        [Waiting("QY", colour, 1) for colour in waiting], 45, 60,
    )  # fmt: skip


def advised(wish: Wish, on: rules.Market):
    """The model, and its lines by colour."""
    model, lines = rules.advise(wish, on, rules.shares(on.sold))
    return model, {line.colour: line for line in lines}


@given(wishes, markets)
def test_the_lines_of_a_model_sum_to_its_advice(wish, on):
    """And the advice is what the arithmetic needs, unless every colour has to be pushed first."""
    model, lines = advised(wish, on)

    assert sum(line.advice for line in lines.values()) == model.advice
    assert model.advice == model.need or all(line.shut for line in lines.values())
    assert all(line.advice >= 0 for line in lines.values())


@given(wishes, markets)
def test_the_arithmetic_is_the_one_on_the_paper(wish, on):
    """Target + orders that wait - free here - free on the way, never below 0; the target never below the minimum."""
    model, _lines = advised(wish, on)

    assert model.need == max(0, model.target + model.waiting - model.free - model.in_transit)
    assert model.target >= max(wish.minimum, model.sold * wish.target_days / 45)
    assert model.target - 1 < max(wish.minimum, model.sold * wish.target_days / 45)


@given(wishes, markets)
def test_never_a_trim_colour_that_has_a_car_to_push(wish, on):
    """A free car of the same trim and colour that is older than 60 days stands in the way of any other."""
    old = {(car.trim, car.colour) for car in on.stock if car.age is not None and car.age > 60}
    _model, lines = advised(wish, on)

    for line in lines.values():
        ordered = rules.trims_of(line, line.advice)
        assert not {(trim, line.colour) for trim, _count in ordered} & old
        assert not (line.advice and line.shut)
        assert sum(count for _trim, count in ordered) == (line.advice if line.trims else 0)
        assert all(count > 0 for _trim, count in ordered)


@given(wishes, markets, some.data())
def test_more_sold_is_never_less_advised(wish, on, data):
    """One more sale of a model never lowers what is ordered of it, nor what it needs."""
    assume(on.sold)
    which = data.draw(some.integers(0, len(on.sold) - 1))
    more = [replace(one, count=one.count + 1) if n == which else one for n, one in enumerate(on.sold)]

    assert advised(wish, replace(on, sold=more))[0].need >= advised(wish, on)[0].need


@given(wishes, markets)
def test_more_in_stock_is_never_more_advised(wish, on):
    """A car that arrives lowers what is needed by one at most."""
    more = replace(on, stock=[*on.stock, Stock("QY", "base", "white", 0)])
    before, after = advised(wish, on)[0].need, advised(wish, more)[0].need

    assert before - 1 <= after <= before


@given(wishes, markets)
def test_shares_sum_to_one(wish, on):
    """Of every model's colours."""
    _model, lines = advised(wish, on)

    assert abs(sum(line.share for line in lines.values()) - 1) < 1e-9


def test_a_colour_sold_once_is_not_the_whole_truth():
    """One red sold and nothing else: white, which sells over all models, weighs two sales against it."""
    on = market(sold=(("base", "red", 1),), stock=(("base", "white", 3),))
    _model, lines = rules.advise(WISH, on, {"white": 0.9, "red": 0.1})
    share = {line.colour: line.share for line in lines}

    assert share["red"] == (1 + 2 * 0.1) / 3
    assert share["white"] == (0 + 2 * 0.9) / 3


def test_a_blocked_trim_gives_way_to_the_colours_other_trims():
    """A white base of 61 days stands here: white is ordered, as top."""
    on = market(sold=(("base", "white", 30), ("top", "white", 6)), stock=(("base", "white", 61),))
    _model, lines = advised(WISH, on)

    assert lines["white"].blocked == ["base"]
    assert rules.trims_of(lines["white"], lines["white"].advice) == [("top", lines["white"].advice)]


def test_a_car_of_exactly_sixty_days_blocks_nothing():
    """Older than 60, not 60."""
    on = market(sold=(("base", "white", 30),), stock=(("base", "white", 60),))

    assert advised(WISH, on)[1]["white"].blocked == []


def test_a_colour_with_every_trim_blocked_gets_none_and_the_need_goes_to_the_others():
    """White sells as base only, and a white base is 90 days old: the cars go to grey."""
    on = market(sold=(("base", "white", 30), ("base", "grey", 6)), stock=(("base", "white", 90),))
    model, lines = advised(WISH, on)

    assert (lines["white"].advice, lines["white"].shut) == (0, True)
    assert lines["grey"].advice == model.need > 0


def test_when_every_colour_has_to_be_pushed_nothing_is_ordered():
    """The need is said, the advice is 0."""
    on = market(sold=(("base", "white", 30),), stock=(("base", "white", 90),))
    model, _lines = advised(WISH, on)

    assert (model.need, model.advice) == (26, 0)


def test_an_order_that_waits_gets_its_colour_first():
    """Red never sells, yet somebody ordered one: of two cars to order one is red."""
    on = market(sold=(("base", "white", 2),), waiting=("red",), stock=(("base", "white", 3),))
    model, lines = advised(WISH, on)

    assert (model.target, model.waiting, model.need) == (2, 1, 2)
    assert lines["red"].advice == 1


def test_nothing_sold_and_nothing_here_but_a_minimum():
    """A new model with three cars to stock: three of any colour."""
    model, lines = advised(replace(WISH, minimum=3), market())

    assert model.advice == 3
    assert lines[""].advice == 3


def test_more_here_than_needed_is_no_negative_order():
    """Ten here, two needed."""
    on = market(sold=(("base", "white", 2),), stock=(("base", "white", 1),) * 10)

    assert advised(WISH, on)[0].advice == 0


def test_push_first_names_a_trim_colour_once_by_its_oldest_car():
    """Two white bases of 98 and 71 days, a grey one of 60: one line, 98 days, two cars."""
    on = market(stock=(("base", "white", 71), ("base", "white", 98), ("base", "grey", 60)))
    found = rules.push_first([WISH], on.stock, 60)

    assert [(push.colour, push.age, push.cars) for push in found] == [("white", 98, 2)]


def test_trims_by_largest_remainder():
    """Five of three trims that sold 4, 2 and 1 times: 3, 1, 1."""
    on = market(sold=(("base", "white", 4), ("top", "white", 2), ("sport", "white", 1)))
    line = advised(WISH, on)[1]["white"]

    assert rules.trims_of(line, 5) == [("base", 3), ("top", 1), ("sport", 1)]
    assert rules.trims_of(line, 0) == []
