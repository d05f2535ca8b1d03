"""Jobs from a crontab, as crontab(5) describes it. Declares no operation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .schedule_texts import MONTHS, Names, NotCarriedOver, Timed, job, month_days_text, weekdays_text
from .xml_writing import Definition

_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_VARIABLE = re.compile(r"""\s*([A-Za-z_]\w*|"[^"]*"|'[^']*')\s*=\s*(.*?)\s*""", re.ASCII)
_PERCENT = re.compile(r"\\%|%")
_MONTH_NAMES = {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
_DAY_NAMES = {name: number for number, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))}
_MOST_DATES = 24
_ZONES = ("CRON_TZ", "TZ")


def crontab_jobs(text: str, *, users: bool = False) -> tuple[list[Definition], list[str]]:
    """The jobs of a crontab, and what could not be carried over, in sentences that name the line.

    ``users`` says that a column behind the times names who runs it, as in ``/etc/crontab``.
    """
    found: list[Definition] = []
    remarks: list[str] = []
    names, variables = Names(), dict[str, str]()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        assigned = _VARIABLE.fullmatch(stripped)
        try:
            if assigned is not None:
                variables[assigned[1].strip("\"'")] = _unquoted(assigned[2])
                if assigned[1] == "MAILTO" and variables["MAILTO"]:
                    remarks.append(
                        f"Line {number}: MAILTO was left out; jobs tell people by their own settings."
                    )
            else:
                definition, user = _job(stripped, users, variables, names)
                found.append(definition)
                if user:
                    remarks.append(
                        f"Line {number}: {definition.name} ran as {user}; here a credential says so."
                    )
        except NotCarriedOver as error:
            remarks.append(f"Line {number} was left out: {error}.")
    return found, remarks


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _job(line: str, users: bool, variables: dict[str, str], names: Names) -> tuple[Definition, str]:
    head = line.split(None, 1)[0]
    columns = 1 if head.startswith("@") else 5
    parts = line.split(None, columns + users)
    if len(parts) <= columns + users:
        raise NotCarriedOver(f"{line[:40]!r} has too few columns")
    times = _NICKNAMES.get(head.casefold(), "") if columns == 1 else " ".join(parts[:5])
    if not times:
        raise NotCarriedOver(f"{head} is no time of day")
    command = parts[-1]
    timed = _timed(*times.split())
    timed.zone = next((variables[name] for name in _ZONES if variables.get(name)), "")
    source = "".join(f"export {name}={_quoted(value)}\n" for name, value in _exported(variables))
    program = command.split()[0].rpartition("/")[2] or "Job"
    definition = job(
        names.free(program), source + _script(command), [timed], description=f"cron: {line}"[:1000]
    )
    return definition, parts[columns] if users else ""


def _exported(variables: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in variables.items():
        if name not in ("MAILTO", "SHELL", "CRON_TZ", "RANDOM_DELAY", "MAILFROM"):
            yield name, value


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "'\\''") + "'"


def _script(command: str) -> str:
    """The command, with what stands behind its first ``%`` as its input, line by line."""
    pieces = [""]
    for part in re.split(r"(\\%|%)", command):
        if part == "%":
            pieces.append("")
        else:
            pieces[-1] += "%" if part == "\\%" else part
    if len(pieces) == 1:
        return f"{pieces[0]}\n"
    marker = "END_OF_INPUT"
    while any(marker == each for each in pieces):
        marker += "_"
    lines = "\n".join(pieces[1:])
    return f"{pieces[0].rstrip()} <<'{marker}'\n{lines}\n{marker}\n"


def _timed(minute: str, hour: str, day: str, month: str, weekday: str) -> Timed:
    minutes = _numbers(minute, 0, 59, {}, "minute")
    hours = _numbers(hour, 0, 23, {}, "hour")
    times = [each * 60 + at for each in hours for at in minutes]
    return Timed(_days(day, month, weekday), times)


def _days(day: str, month: str, weekday: str) -> str:
    days = _numbers(day, 1, 31, {}, "day")
    months = _numbers(month, 1, 12, _MONTH_NAMES, "month")
    weekdays = [(number - 1) % 7 for number in _numbers(weekday, 0, 7, _DAY_NAMES, "weekday")]
    some = [] if len(months) == 12 else months
    # crontab(5): a day matches by either where both are restricted, and a field that begins with * is not.
    by_day, by_weekday = not day.startswith("*"), not weekday.startswith("*")
    if (not by_day and len(days) < 31) or (not by_weekday and len(set(weekdays)) < 7):
        if by_day or by_weekday or (len(days) < 31 and len(set(weekdays)) < 7):
            raise NotCarriedOver(f"the days {day} {weekday} hold together, which cannot be said here")
        by_day, by_weekday = len(days) < 31, len(set(weekdays)) < 7
    parts = []
    if by_day and len(days) < 31:
        if len(days) * max(len(some), 1) > _MOST_DATES:
            raise NotCarriedOver(f"the days {day} of {month} are more than {_MOST_DATES} dates")
        parts.append(month_days_text(days, some))
    elif some:
        raise NotCarriedOver(f"all days of some months ({month}) cannot be said here")
    if by_weekday and some:
        raise NotCarriedOver(f"weekdays of some months ({month}) cannot be said here")
    if by_weekday and len(set(weekdays)) < 7:
        parts.append(weekdays_text(weekdays))
    everyday = (by_day and len(days) == 31) or (by_weekday and len(set(weekdays)) == 7)
    return "DAILY" if everyday or not parts else ", ".join(parts)


def _numbers(text: str, low: int, high: int, words: dict[str, int], what: str) -> list[int]:
    """The numbers of a field: ``*``, lists, ranges and steps."""
    found: set[int] = set()
    for part in text.split(","):
        whole = re.fullmatch(r"(\*|(\w+)(?:-(\w+))?)(?:/(\d{1,4}))?", part)
        if whole is None:
            raise NotCarriedOver(f"{part[:20]!r} is no {what}")
        step = int(whole[4] or 1)
        first = low if whole[1] == "*" else _number(whole[2], words, what)
        last = high if whole[1] == "*" or (whole[4] and not whole[3]) else first
        last = _number(whole[3], words, what) if whole[3] else last
        if not low <= first <= last <= high or not step:
            raise NotCarriedOver(f"{part[:20]!r} is no {what}")
        found.update(range(first, last + 1, step))
    return sorted(found)


def _number(text: str, words: dict[str, int], what: str) -> int:
    known = words.get(text[:3].casefold()) if text.isalpha() else None
    if known is None and not (text.isascii() and text.isdigit()):
        raise NotCarriedOver(f"{text[:20]!r} is no {what}")
    return int(text) if known is None else known
