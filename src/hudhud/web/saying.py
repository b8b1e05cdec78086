"""Numbers, ages and dates as people say them, in the reader's language, digits and time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hudhud.core.hours.dates import date_name, day_name
from hudhud.model import Dates
from hudhud.responders.phrases import reason, topic_name
from hudhud.text import Digits, Language, digits
from hudhud.web import texts

if TYPE_CHECKING:  # the contract brings an HTTP client, which no start of the web needs
    from hudhud.channels.contract import Step

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400
WEEK_DAYS = 7
# A shorter span is told in hours: everybody speaks of 24, and of 72.
DAYS_FROM = 4
KIB, MIB = 1024, 1024 * 1024
# Decimals tell something only below this.
TENTHS_BELOW_S = 10
SOURCES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """How one reader of one merchant is spoken to at one moment.

    `dates` is the calendar that the merchant wishes, `hijri_days` by how many days the moon is seen
    later there than Umm al-Qura reckons.
    """

    language: Language
    digits: Digits
    zone: str
    now: datetime
    dates: Dates = "gregorian"
    hijri_days: int = 0

    def t(self, key: str, /, **values: Any) -> str:
        """A text; numbers in its values are written in the reader's digits."""
        return texts.text(self.language, key, **{k: self._written(v) for k, v in values.items()})

    def count(self, key: str, count: int, /, **values: Any) -> str:
        """A counted thing: «٥ رسائل», "5 messages"."""
        said = {k: self._written(v) for k, v in values.items()}
        return texts.plural(self.language, key, count, n=self.number(count), **said)

    def known(self, group: str, code: str | None) -> str:
        """The text of a code (a reason, a state); the code itself when it has none."""
        return texts.known(self.language, f"{group}.{code}") or (code or "")

    def has(self, key: str) -> bool:
        """Whether there is a text of this key: other channels may bring options without words."""
        return texts.known(self.language, key) is not None

    def reason(self, code: str | None) -> str:
        """Why something ended as it did, in the reader's words.

        A refusal of which we know the code is told by its sentence; any other error's own sentence
        stays as it is.
        """
        if not code:
            return self.t("reason.none")
        number = code.partition(" ")[0]
        known = texts.known(self.language, f"refusal.{number}")
        if known:
            # A number is what one searches for; our own words for it say nothing more.
            return f"{known} ({number})" if number.isdigit() else known
        return reason(code, self.language)

    def sources(self, source: str, trace: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
        """What an answer was made from, the first few: each in words, and where it is shown.

        Args:
            source: `faq:delivery, product:DR-1, passage:7`.
            trace: of the answer; its `documents` are what passages were called then.
        """
        said = []
        called = (trace or {}).get("documents") or {}
        for one in source.split(", ")[:SOURCES_SHOWN]:
            kind, _, name = one.partition(":")
            known = texts.known(self.language, f"source.{kind}")
            link = f"/knowledge/passages/{name}" if kind == "passage" and name.isdecimal() else ""
            if kind == "faq":
                name = topic_name(name, self.language)
            elif kind == "passage":
                name = f"«{called[name]}»" if name in called else ""
            said.append((f"{known} {name}".strip() if known else one, link))
        return said

    def step(self, step: Step) -> tuple[str, str]:
        """One step of a live check: what it is about, and its sentence."""
        values = dict(step.values)
        if "at" in values:
            values["at"] = self.when(datetime.fromisoformat(values["at"]))
        if known := texts.known(self.language, f"step.quality.{values.get('quality')}"):
            values["quality"] = known
        return self.t(f"step.{step.name}"), self.t(f"step.{step.name}.{step.why}", **values)

    def number(self, value: float) -> str:
        """A number with separators, in the reader's digits."""
        text = f"{value:,}"
        return digits(text, self.digits) if self.language == "ar" else text

    def code(self, number: int) -> str:
        """A number that names something, in the reader's digits: nothing separates its parts."""
        return self._digits(str(number))

    def short(self, seconds: float) -> str:
        """A length in its largest unit: «٦ د», "6 min"."""
        seconds = max(0.0, seconds)
        for unit, size in (("d", DAY_S), ("h", HOUR_S), ("m", MINUTE_S)):
            if seconds >= size:
                return self.t(f"unit.{unit}", n=int(seconds // size))
        return self.t("unit.s", n=int(seconds))

    def exactly(self, seconds: float) -> str:
        """A short length that was measured: «١٫٨ ث», "1.8 s"."""
        if seconds >= TENTHS_BELOW_S:
            return self.short(seconds)
        return self.t("unit.s", n=round(max(0.0, seconds), 1))

    def size(self, count: int) -> str:
        """A number of bytes in its largest unit: «١٫٢ م.ب», "1.2 MB"."""
        unit, size = ("mb", MIB) if count >= MIB else ("kb", KIB)
        value = count / size
        whole = value >= TENTHS_BELOW_S or value == int(value) or unit == "kb"
        return self.t(f"unit.{unit}", n=max(1, round(value)) if whole else round(value, 1))

    def seconds(self, seconds: float) -> str:
        """A whole number of seconds as a phrase: «٧ ثوانٍ», "7 s"."""
        if seconds >= MINUTE_S:
            return self.short(seconds)
        return self.count("seconds", max(1, round(seconds)))

    def hours(self, seconds: float) -> str:
        """A length of hours and minutes: «٢٣ ساعة و٥٩ دقيقة»."""
        hours, rest = divmod(int(max(0.0, seconds)), HOUR_S)
        minutes = self.count("minutes", rest // MINUTE_S)
        if not hours:
            return minutes
        said = self.count("hours", hours)
        return self.t("hours_and", hours=said, minutes=minutes) if rest >= MINUTE_S else said

    def span(self, seconds: float) -> str:
        """How long a window is: «٢٤ ساعة», "72 hours", and from four days on in days."""
        days, rest = divmod(int(seconds), DAY_S)
        if days >= DAYS_FROM and not rest:
            return self.count("days", days)
        return self.hours(seconds)

    def age(self, at: datetime) -> float:
        """Seconds since a moment."""
        return (self.now - at).total_seconds()

    def clock(self, at: datetime) -> str:
        """The time of day, with seconds: the thread tells how fast things went."""
        return self._digits(f"{self._local(at):%H:%M:%S}")

    def when(self, at: datetime) -> str:
        """A moment as a list names it: 10:42, yesterday, Tuesday, 12 Mar."""
        day = self._local(at).date()
        if day == self._today():
            return self._digits(f"{self._local(at):%H:%M}")
        return self.day(at)

    def day(self, at: datetime) -> str:
        """A day as people name it."""
        day = self._local(at).date()
        ago = (self._today() - day).days
        if ago in (0, 1):
            return self.t("day.today" if ago == 0 else "day.yesterday")
        if 1 < ago < WEEK_DAYS:
            return day_name(day, self.language)
        return self._date(day)

    def dated(self, day: date) -> str:
        """A day of the merchant's own, as the reader names days."""
        return self._date(day)

    def named(self, day: date) -> str:
        """A day to come with its name: «السبت ٢١ تشرين الثاني»."""
        return f"{day_name(day, self.language)} {self._date(day)}"

    def hour(self, at: datetime) -> str:
        """A time of day without seconds: ١٧:٣٠."""
        return self._digits(f"{self._local(at):%H:%M}")

    def date_of(self, at: datetime) -> date:
        """In which day of the reader's a moment falls."""
        return self._local(at).date()

    def exact(self, at: datetime) -> str:
        """The exact moment, for hovering: no words, no doubt."""
        local = self._local(at)
        zone = "UTC" + (f"{local:%z}"[:3] if local.utcoffset() else "")
        return f"{local:%Y-%m-%d %H:%M:%S} {zone}"

    def _date(self, day: date) -> str:
        named = date_name(
            *(day, self.language),
            zone=self.zone,
            today=self._today(),
            dates=self.dates,
            later_days=self.hijri_days,
        )
        return self._digits(named)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone())

    def _today(self) -> date:
        return self._local(self.now).date()

    def _zone(self) -> tzinfo:
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            # A machine without the zone database still shows pages; the exact time says which zone.
            return UTC

    def _digits(self, text: str) -> str:
        return digits(text, self.digits) if self.language == "ar" else text

    def _written(self, value: object) -> object:
        return self.number(value) if isinstance(value, (int, float)) else value


def since_seconds(now: datetime, seconds: float) -> datetime:
    """The moment so many seconds ago, for an age that ticks in the browser."""
    return now - timedelta(seconds=seconds)
