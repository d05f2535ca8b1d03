"""The meaning of the date language, day by day: slow, plain, and sharing no code with the product.

A text is read again by hand and answered by walking over days. What the language means was written here
from its description (docs/dates.md), not from the implementation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
ORDINALS = ["FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH"]
UNITS = ["WEEK", "MONTH", "QUARTER", "YEAR"]
RELATIONS = ["LAST", "THIS", "NEXT"]


class NoDay(Exception):
    """INVSCHDATE."""


class BadName(Exception):
    """INVSCHDATE: a name that means no day in this calendar, whatever the day."""


class BadPeriod(Exception):
    """INVPERIOD."""


class NotDefined(Exception):
    """DATESNSU."""


@dataclass
class World:
    """Types: name → (continuous, specific names). Dates: (type, date, specific or None, flag or None)."""

    types: dict[str, tuple[bool, list[str]]] = field(default_factory=dict)
    dates: list[tuple[str, date, str | None, bool | None]] = field(default_factory=list)
    week: tuple[bool, ...] = (True, True, True, True, True, False, False)
    last_is_most_recent: bool = False
    middle: date = date(2000, 1, 1)
    known: dict[date, bool] = field(default_factory=dict, repr=False)

    def is_workday(self, day: date) -> bool:
        if day not in self.known:
            self.known[day] = self._is_workday(day)
        return self.known[day]

    def _is_workday(self, day: date) -> bool:
        said = sorted(
            (
                (name, self.types[name][1].index(specific) if specific else -1, flag)
                for name, when, specific, flag in self.dates
                if when == day and flag is not None
            ),
            key=lambda each: each[:2],
        )
        return said[0][2] if said else self.week[day.weekday()]

    def named(self, name: str, specific: str | None) -> tuple[str, str | None]:
        """(type, specific) or KeyError."""
        names = [name, name[:-1] if name.endswith("S") else name + "S"]
        for each in names:
            if each in self.types:
                if specific is not None and specific not in self.types[each][1]:
                    raise KeyError(specific)
                return each, specific
        if specific is not None:
            raise KeyError(name)
        owners = [kind for kind, (_, specifics) in self.types.items() if name in specifics]
        if len(owners) != 1:
            raise KeyError(name)
        return owners[0], name

    def days_named(self, name: str, specific: str | None) -> list[date]:
        return sorted(
            {when for kind, when, which, _ in self.dates if kind == name and specific in (None, which)}
        )

    def must_be_evaluable(self, name: str, today: date) -> None:
        days = self.days_named(name, None)
        if not (any(day < today for day in days) and any(day > today for day in days)):
            raise NotDefined(name)


def words_of(text: str) -> list[str]:
    found = re.findall(
        r'"[^"]*"|[0-9]+[-/.][0-9A-Z]+[-/.][0-9]+|[0-9]+\w*|NON[- ]?WORKDAYS?|\w+|[^\w\s]', text
    )
    return [word for word in found if word != "THE"]


@dataclass
class Part:
    """One item: the words of its date and its offset."""

    words: list[str]
    offset: int = 0
    in_workdays: bool = False


def parts_of(text: str) -> tuple[list[Part], list[Part]]:
    """Items and exceptions."""
    lists: list[list[list[str]]] = [[[]]]
    for word in words_of(text.upper()):
        if word == "EXCEPT":
            lists.append([[]])
        elif word in ("FOR", "ON") and not lists[-1][-1]:
            continue
        elif word in (",", "AND", "OR"):
            lists[-1].append([])
        else:
            lists[-1][-1].append("EVERY" if word == "EACH" else word)
    read = [[_part(words) for words in each if words] for each in lists]
    return read[0], read[1] if len(read) > 1 else []


def checked(world: World, text: str) -> tuple[list[Part], list[Part]]:
    """Items and exceptions, their names looked up first: a name is right or wrong on every day."""
    items, exceptions = parts_of(text)
    for part in items + exceptions:
        words = part.words
        if "OF" in words:
            at = words.index("OF")
            period = [word for word in words[at + 1 :] if word not in (*RELATIONS, "EVERY")]
            if is_name(period[0]):
                kind, _ = resolve(world, period, BadPeriod)
                if not world.types[kind][0]:
                    raise BadPeriod(period)
            words = words[at - 1 : at]
        elif words[0] in RELATIONS:
            words = words[1:]
        if is_name(words[0]) and not words[0].startswith("NON"):
            resolve(world, words, BadName)
    return items, exceptions


def _part(words: list[str]) -> Part:
    for at in range(1, len(words)):
        if words[at] in "+-" and words[at - 1] != "LAST":
            sign = 1 if words[at] == "+" else -1
            tail = words[at + 2 :]
            return Part(words[:at], sign * int(words[at + 1]), bool(tail) and tail[0].startswith("WORK"))
    return Part(words)


def value(world: World, text: str, today: date) -> date:
    """The value reading."""
    items, exceptions = checked(world, text)
    for part in items + exceptions:
        evaluate_part(world, part, today, probe=True)
    failed: Exception | None = None
    for part in items:
        try:
            found = evaluate_part(world, part, today)
        except NoDay as error:
            failed = failed or error
            continue
        for each in exceptions:
            evaluate_part(world, each, found, probe=True)
        if any(holds(world, each, found, (today, False)) for each in exceptions):
            failed = failed or NoDay("excepted")
            continue
        return found
    assert failed is not None
    raise failed


def runs(world: World, text: str, day: date, anchor: tuple[date, bool]) -> bool:
    """The schedule reading."""
    items, exceptions = checked(world, text)
    for part in items + exceptions:
        evaluate_part(world, part, day, probe=True)
    return any(holds(world, part, day, anchor) for part in items) and not any(
        holds(world, part, day, anchor) for part in exceptions
    )


def run_days(world: World, text: str, start: date, first: date, last: date) -> list[date]:
    """The days from ``first`` to ``last`` of a schedule with start date ``start``, one day at a time."""
    items, exceptions = checked(world, text)
    mixed = len(items) > 1 and any(part.words[0] == "EVERY" for part in items)
    anchor = (start, False)
    found = []
    for day in (start + number * DAY for number in range((last - start).days + 1)):
        asked = mixed or day >= first
        for part in items + exceptions if asked else ():
            evaluate_part(world, part, day, probe=True)
        if not asked and not any(part.words[0] == "EVERY" for part in items):
            continue
        if any(holds(world, part, day, anchor) for part in items) and not (
            asked and any(holds(world, part, day, (start, False)) for part in exceptions)
        ):
            anchor = (day, True)
            found.append(day)
    return [day for day in found if day >= first]


def moved(world: World, day: date, part: Part) -> date:
    """``day`` with the offset of ``part``."""
    if not part.in_workdays:
        return day + part.offset * DAY
    step, left = (DAY if part.offset > 0 else -DAY), abs(part.offset)
    while left:
        day += step
        left -= world.is_workday(day)
    return day


def holds(world: World, part: Part, day: date, anchor: tuple[date, bool]) -> bool:
    """Whether an item holds on ``day``: member of its set, or named by it when ``day`` is today."""
    if is_set(world, part.words):
        if not part.offset:
            return member(world, part.words, day, anchor)
        if not part.in_workdays:
            return member(world, part.words, day - part.offset * DAY, anchor)
        middle = moved(world, day, Part(part.words, -part.offset, in_workdays=True))
        near = (middle + shift * DAY for shift in range(-40, 41))
        return any(
            member(world, part.words, each, anchor) and moved(world, each, part) == day for each in near
        )
    try:
        return evaluate_part(world, part, day) == day
    except NoDay:
        return False


def is_set(world: World, words: list[str]) -> bool:
    if words[0] == "EVERY" or "EVERY" in words:
        return True
    if words[0] == "THIS":
        words = words[1:]
    if re.fullmatch(
        r"DAILY|WEEKDAYS?|WEEKENDS?|WORKDAYS?|(MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAYS", words[0]
    ):
        return True
    return len(words) <= 2 and is_name(words[0]) and words[0] not in RELATIONS


def is_name(word: str) -> bool:
    if word[0] == '"':
        return True
    known = {*UNITS, *RELATIONS, *ORDINALS, "TODAY", "YESTERDAY", "TOMORROW", "DAILY", "EVERY", "OTHER"}
    plain = word[:-1] if word.endswith("S") else word
    if word in known or plain in ("DAY", "WORKDAY", "WEEKDAY", "WEEKEND", "WEEK", "MONTH"):
        return False
    return word[0].isalpha() and weekday_of(word) is None and month_of(word) is None


def weekday_of(word: str) -> int | None:
    full = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
    for number, name in enumerate(full):
        if word in (name, name[:3], name + "S"):
            return number
    return None


def month_of(word: str) -> int | None:
    full = ["JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST"]
    full += ["SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"]
    for number, name in enumerate(full, 1):
        if word in (name, name[:3]):
            return number
    return None


def number_of(word: str) -> int:
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    return int(re.sub(r"\D", "", word))


def member(world: World, words: list[str], day: date, anchor: tuple[date, bool]) -> bool:
    """Whether ``day`` belongs to a set, leaving offsets aside."""
    if words[0] == "THIS":
        words = words[1:]
    if words[0] == "EVERY":
        return interval_member(world, words[1:], day, anchor)
    if "EVERY" in words:
        try:
            return evaluate_words(world, words, day) == day
        except (NoDay, NotDefined):
            return False
    word = words[0]
    if word == "DAILY":
        return True
    if word.startswith("WEEKDAY"):
        return day.weekday() < 5
    if word.startswith("WEEKEND"):
        return day.weekday() >= 5
    if word.startswith("WORKDAY"):
        return world.is_workday(day)
    if weekday_of(word) is not None:
        return day.weekday() == weekday_of(word)
    kind, specific = resolve(world, words, BadName)
    return day in world.days_named(kind, specific)


def interval_member(world: World, words: list[str], day: date, anchor: tuple[date, bool]) -> bool:
    kind = words[-1]
    if len(words) == 1 and not re.fullmatch(r"WEEKS?|MONTHS?", kind):
        return member(world, ["DAILY" if kind in ("DAY", "DAYS") else plural(kind)], day, anchor)
    count = 1 if len(words) == 1 else 2 if words[0] == "OTHER" else number_of(words[0])
    start, submitted = anchor
    if day < start or (submitted and day == start):
        return False
    if re.fullmatch(r"MONTHS?", kind):
        months = (day.year - start.year) * 12 + day.month - start.month
        return day.day == start.day and months % count == 0

    def counts(each: date) -> bool:
        if re.fullmatch(r"DAYS?", kind):
            return True
        if re.fullmatch(r"WEEKS?", kind):
            return (each - start).days % 7 == 0
        if re.fullmatch(r"WORKDAYS?", kind):
            return world.is_workday(each)
        return each.weekday() == weekday_of(kind)

    if not counts(day):
        return False
    each = start + DAY if submitted else start
    number = 0
    while each < day:
        number += counts(each)
        each += DAY
    return (number + 1 if submitted else number) % count == 0


def plural(word: str) -> str:
    day = weekday_of(word)
    names = ["MONDAYS", "TUESDAYS", "WEDNESDAYS", "THURSDAYS", "FRIDAYS", "SATURDAYS", "SUNDAYS"]
    return word if day is None else names[day]


def evaluate_part(world: World, part: Part, today: date, probe: bool = False) -> date:
    """The date of an item. With ``probe``, only whether it can be evaluated matters."""
    try:
        found = evaluate_words(world, part.words, today)
    except NoDay:
        if probe:
            return today
        raise
    return moved(world, found, part)


def resolve(world: World, words: list[str], error: type[Exception]) -> tuple[str, str | None]:
    names = [word.strip('"') for word in words]
    try:
        return world.named(names[0], names[1] if len(names) > 1 else None)
    except KeyError:
        raise error(names) from None


def evaluate_words(world: World, words: list[str], today: date) -> date:
    """The date that the words mean, without offset."""
    if "OF" in words:
        at = words.index("OF")
        return counted(world, words[:at], period_of(world, words[at + 1 :], today), today)
    relation = words[0] if words[0] in RELATIONS else "THIS"
    rest = words[1:] if words[0] in RELATIONS else words
    word = rest[0]
    exact = exact_date(word)
    if exact is not None:
        return exact
    if word in ("YESTERDAY", "TODAY", "TOMORROW"):
        return today + (["YESTERDAY", "TODAY", "TOMORROW"].index(word) - 1) * DAY
    if re.fullmatch(r"[0-9]+(ST|ND|RD|TH)", word) or word in ORDINALS:
        return counted(world, rest, month_days(today), today)
    weekday = weekday_of(word)
    if weekday is not None and word.endswith("DAYS") is False:
        return weekday_of_week(world, relation, weekday, today)
    if month_of(word) is not None:
        return month_date(rest, relation, today)
    if word in UNITS:
        return period_of(world, words, today)[0]
    return searched(world, words, relation, rest, today)


def searched(world: World, words: list[str], relation: str, rest: list[str], today: date) -> date:
    """Sets: the first member from today on; NEXT after today; LAST before today."""
    if is_name(rest[0]):
        kind, specific = resolve(world, rest, BadName)
        world.must_be_evaluable(kind, today)
        if world.types[kind][0]:
            return period_of(world, words, today)[0]
        days = world.days_named(kind, specific)
        if relation == "LAST":
            days = [day for day in days if day < today][-1:]
        else:
            days = [day for day in days if day > today or (day == today and relation == "THIS")]
        if not days:
            raise NotDefined(rest)
        return days[0]
    step = -DAY if relation == "LAST" else DAY
    day = today if relation == "THIS" else today + step
    for _ in range(40_000):
        if member(world, rest, day, (today, False)):
            return day
        day += step
    raise NoDay(words)


def weekday_of_week(world: World, relation: str, weekday: int, today: date) -> date:
    if relation == "LAST" and world.last_is_most_recent:
        day = today - DAY
        while day.weekday() != weekday:
            day -= DAY
        return day
    monday = today
    while monday.weekday():
        monday -= DAY
    return monday + (weekday + {"LAST": -7, "THIS": 0, "NEXT": 7}[relation]) * DAY


def month_date(rest: list[str], relation: str, today: date) -> date:
    month = month_of(rest[0])
    assert month is not None
    year = today.year + {"LAST": -1, "THIS": 0, "NEXT": 1}[relation]
    day = 1
    for word in rest[1:]:
        if re.fullmatch(r"[0-9]{4}", word):
            year = int(word)
        else:
            day = number_of(word)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(rest) from None


def exact_date(word: str) -> date | None:
    found = re.fullmatch(r"([0-9]+)([-/.])([0-9A-Z]+)[-/.]([0-9]+)", word)
    if found is None:
        return None
    first, mark, second, third = found.groups()
    try:
        if mark == "-" and len(first) == 4:
            return date(int(first), int(second), int(third))
        if mark == "-":
            return date(int(third), MONTHS.index(second) + 1, int(first))
        if mark == ".":
            return date(int(third), int(second), int(first))
        year = int(third) + (0 if len(third) == 4 else 1900 if int(third) > 68 else 2000)
        return date(year, int(first), int(second))
    except ValueError:
        raise NoDay(word) from None


def month_days(today: date) -> list[date]:
    return group(today, lambda day: (day.year, day.month))


def group(today: date, key: object) -> list[date]:
    """All the days around ``today`` that have the same key."""
    assert callable(key)
    days = [today]
    while key(days[0] - DAY) == key(today):
        days.insert(0, days[0] - DAY)
    while key(days[-1] + DAY) == key(today):
        days.append(days[-1] + DAY)
    return days


KEYS = {
    "WEEK": lambda day: day - day.weekday() * DAY,
    "MONTH": lambda day: (day.year, day.month),
    "QUARTER": lambda day: (day.year, (day.month + 2) // 3),
    "YEAR": lambda day: day.year,
}


def period_of(world: World, words: list[str], today: date) -> list[date]:
    """The days of the period that is meant."""
    relation = "THIS"
    if words[0] in (*RELATIONS, "EVERY"):
        relation, words = words[0].replace("EVERY", "THIS"), words[1:]
    if words[0] in UNITS:
        days = group(today, KEYS[words[0]])
        if relation == "NEXT":
            days = group(days[-1] + DAY, KEYS[words[0]])
        if relation == "LAST":
            days = group(days[0] - DAY, KEYS[words[0]])
        return days
    if month_of(words[0]) is not None:
        return month_days(month_date([*words[:1], *words[1:2]], relation, today))
    kind, specific = resolve(world, words, BadPeriod)
    if not world.types[kind][0]:
        raise BadPeriod(words)
    world.must_be_evaluable(kind, today)
    starts = world.days_named(kind, None)
    spans = [
        (start, after - DAY) for start, after in pairwise(starts) if start in world.days_named(kind, specific)
    ]
    if relation == "NEXT":
        spans = [span for span in spans if span[0] > today][:1]
    elif relation == "LAST":
        spans = [span for span in spans if span[1] < today][-1:]
    else:
        spans = [span for span in spans if span[1] >= today][:1]
    if not spans:
        raise NotDefined(words)
    start, end = spans[0]
    return [start + number * DAY for number in range((end - start).days + 1)]


def counted(world: World, words: list[str], days: list[date], today: date) -> date:
    """The n-th day of a kind among ``days``."""
    from_end = words[0] == "LAST"
    if from_end and len(words) > 1 and words[1] == "-":
        number, kind = int(words[2]) + 1, words[3:]
    elif from_end:
        number, kind = 1, words[1:]
    else:
        number, kind = number_of(words[0]), words[1:]
    what = kind[0] if kind else "DAY"
    if is_name(what) and not what.startswith("NON"):
        name, specific = resolve(world, kind, BadName)
        world.must_be_evaluable(name, today)
        days = [day for day in days if day in world.days_named(name, specific)]
    elif what.startswith("NON"):
        days = [day for day in days if not world.is_workday(day)]
    elif what.startswith("WORKDAY"):
        days = [day for day in days if world.is_workday(day)]
    elif what.startswith("WEEKDAY"):
        days = [day for day in days if day.weekday() < 5]
    elif weekday_of(what) is not None:
        days = [day for day in days if day.weekday() == weekday_of(what)]
    if number > len(days):
        raise NoDay(words)
    return days[-number] if from_end else days[number - 1]
