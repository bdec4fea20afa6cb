"""One clock for the whole program, in the showroom's own time zone; a test or a rehearsal may stop it.

A business day ends at a settable hour after midnight, so what is written at 00:30 still belongs to the
evening.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from floorlead.record import record
from floorlead.words import _, pick

ZONE = "Asia/Shanghai"
DAY_ENDS = time(4)
_EAST_8 = "Asia/Shanghai"


def machine_now() -> datetime:
    """What this machine's own clock says, in UTC; the only place that reads it."""
    return datetime.now(UTC)


@record
class Clock:
    """The showroom's time: `zone` by IANA name, `day_ends` local, `source` gives an aware datetime."""

    zone: ZoneInfo = ZoneInfo(ZONE)
    day_ends: time = DAY_ENDS
    source: Callable[[], datetime] = machine_now

    def now(self) -> datetime:
        """Now, aware, in the showroom's zone."""
        return self.source().astimezone(self.zone)

    def today(self) -> date:
        """The business day that now belongs to."""
        return self.day_of(self.now())

    def day_of(self, moment: datetime) -> date:
        """The business day that a moment belongs to: before `day_ends` it is still the day before."""
        local = moment.astimezone(self.zone)
        ends = timedelta(hours=self.day_ends.hour, minutes=self.day_ends.minute)
        return (local.replace(tzinfo=None) - ends).date()

    def day_at(self, stamp: str) -> date:
        """The business day of a local stamp such as `2026-11-24T00:30:00`."""
        return self.day_of(datetime.fromisoformat(stamp).replace(tzinfo=self.zone))

    def bounds(self, first: date, last: date) -> tuple[str, str]:
        """From when until when (local stamps, the end not included) the business days `first` to `last` run."""
        ends = self.day_ends.strftime("T%H:%M:%S")
        return first.isoformat() + ends, (last + timedelta(days=1)).isoformat() + ends

    def business_stamp(self) -> str:
        """Now as a stamp of the business day: half past midnight still carries the evening's day."""
        return f"{self.today().isoformat()}{self.stamp()[10:]}"

    def utc(self) -> str:
        """Now as UTC text with milliseconds, for the record."""
        return self.source().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    def local(self, at: str) -> datetime:
        """The local time of an action's `at`, which `utc` wrote. Raises ValueError for what is none."""
        return datetime.fromisoformat(at).astimezone(self.zone)

    def stamp(self) -> str:
        """Now as local text with seconds, `2026-11-23T08:41:00`."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%S")

    def passed(self, due: str, day: date) -> bool:
        """Whether `due` (`09:00`, on `day`) is over; at 09:00:00 exactly it is not."""
        hour, minute = (int(part) for part in due.split(":"))
        return self.now() > datetime.combine(day, time(hour, minute), self.zone)


def stopped(text: str | None, zone: str = ZONE, day_ends: time = DAY_ENDS) -> Clock:
    """A clock that shows `text` (ISO, local when it names no zone) for ever; a running one when it is empty.

    Raises ValueError when the text is no time.
    """
    place = zone_of(zone)
    text = text or os.environ.get("FLOORLEAD_NOW")
    if not text:
        return Clock(place, day_ends)
    moment = datetime.fromisoformat(text.strip())
    fixed = moment if moment.tzinfo else moment.replace(tzinfo=place)
    return Clock(place, day_ends, lambda: fixed)


def zone_of(name: str) -> ZoneInfo:
    """The zone by its name; the default zone when this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(_EAST_8)


def parse_day(text: str, today: date) -> date:
    """A day as people write it: `2026-11-23`, `11-23`, `today`, `昨天`, `-1`, `2026年11月23日`;
    raises ValueError."""
    text = text.strip()
    spoken = {
        "today": 0,
        "今天": 0,
        "yesterday": -1,
        "昨天": -1,
        "tomorrow": 1,
        "明天": 1,
        "后天": 2,
        "前天": -2,
    }
    if text.lower() in spoken:
        return today + timedelta(days=spoken[text.lower()])
    try:
        if text[:1] in "+-" and text[1:].isdecimal():
            return today + timedelta(days=int(text))
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        return _loose_day(text, today)


def _loose_day(text: str, today: date) -> date:
    import arrow

    for shape in ("YYYY年M月D日", "YYYY/M/D", "YYYY.M.D", "M月D日", "M-D", "M/D"):
        whole = (text, shape) if "YYYY" in shape else (f"{today.year:04} {text}", f"YYYY {shape}")
        try:
            return arrow.get(*whole).date()
        except (ValueError, arrow.parser.ParserError):
            continue
    raise ValueError(_("'{text}' is not a day; write it as 2026-11-23").format(text=text))


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in words of the language spoken now (`3天前`, `3 days ago`)."""
    import arrow

    return arrow.get(moment).humanize(arrow.get(now), locale=pick("zh", "en"))


def weekday(day: date) -> str:
    """The day's weekday in full: 星期一, Monday."""
    return pick("星期" + "一二三四五六日"[day.weekday()], day.strftime("%A"))


def weekday_short(day: date) -> str:
    """The day's weekday in short: 一, Mon."""
    return pick("一二三四五六日"[day.weekday()], day.strftime("%a"))


def short_day(day: date) -> str:
    """The day as `11-23` in Chinese, `23 Nov` in English."""
    return pick(day.strftime("%m-%d"), f"{day.day} {day.strftime('%b')}")


def hm(stamp: str) -> str:
    """The hour and minute of a local stamp: `2026-11-23T08:41:00` gives `08:41`."""
    return stamp[11:16]
