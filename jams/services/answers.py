"""What an installation asks, page by page, and what was answered: at a terminal, or by a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL

from jams.executor.journal import shared_with
from jams.objects.base import LONGEST_TEXT, did_you_mean
from jams.objects.errors import ConfigurationInvalid, InvalidArgument, JAMSError
from jams.objects.texts import line_fault
from jams.security.account_names import check_account_name
from jams.security.files import check_private
from jams.security.password_rules import usual_rules

from . import addons
from .connection_strings import EMBEDDED

Answers = Mapping[str, str]


class Question(NamedTuple):
    """One question.

    Attributes:
        key: its name in the file of answers.
        text: what is asked.
        default: what an empty answer means; None when there must be one.
        secret: whether the answer is not to be shown.
        asked: whether it is asked, by what was answered before.
        choices: what may be answered; empty: anything.
        elsewhere: why it is refused to answer it where it is not asked; empty: then it does not matter.
        check: sees that an answer can be used, by what was answered before. Raises JAMSError.
    """

    key: str
    text: str
    default: str | None = ""
    secret: bool = False
    asked: Callable[[Answers], bool] = lambda answers: True
    choices: tuple[str, ...] = ()
    elsewhere: str = ""
    check: Callable[[str, Answers], object] = lambda answer, before: None


class Page(NamedTuple):
    """A page: its title, what is told, and its questions."""

    title: str
    about: str
    questions: tuple[Question, ...]


def _postgresql(answers: Answers) -> bool:
    return answers["Database"] == "postgresql"


def _sql_server(answers: Answers) -> bool:
    return answers["Database"] == "sqlserver"


def _at_server(answers: Answers) -> bool:
    return _postgresql(answers) or _sql_server(answers)


def _sqlite(answers: Answers) -> bool:
    return answers["Database"] == "sqlite"


def _new(answers: Answers) -> bool:
    return answers["UseDatabase"] == "no"


def _check_port(answer: str, _: Answers) -> None:
    if not (answer.isascii() and answer.isdecimal() and 0 < int(answer) < 65536):
        raise InvalidArgument("Port is a number from 1 to 65535.")


def _check_database_name(answer: str, before: Answers) -> None:
    # PostgreSQL cuts a longer one, so that two schedulers would have the same.
    if _postgresql(before) and len(answer.encode()) > 63:
        raise InvalidArgument("DatabaseName has at most 63 bytes on PostgreSQL.")


def _check_account(answer: str, _: Answers) -> None:
    check_account_name(answer)


def _check_addons(answer: str, _: Answers) -> None:
    addons.chosen(answer)


def _check_password(answer: str, before: Answers) -> None:
    if answer and _new(before):
        usual_rules().check(before["AdministratorName"], answer)


def _check_directory(answer: str, _: Answers) -> None:
    # What {date} or the like stands for is made with each task.
    path = Path(answer.split("{", 1)[0])
    if not path.is_absolute():
        return
    there = next(each for each in (path, *path.parents) if os.path.lexists(each))
    if not there.is_dir():
        raise InvalidArgument(f"{there} is no directory.", target=answer)
    if not os.access(there, os.W_OK | os.X_OK):
        raise InvalidArgument(f"Nothing can be written to {there}.", target=answer)


def _check_own_directory(answer: str, answers: Answers) -> None:
    _check_directory(answer, answers)
    shared = shared_with(answer) if Path(answer).is_absolute() and Path(answer).is_dir() else None
    if shared is not None:
        raise InvalidArgument(f"{answer} cannot be used: {shared}.", target=answer)


_YES_NO = ("yes", "no")
_ONE_FILE = "SQLite has its one file, DataFile"
_TABLESPACE = (
    f"is for a new database on PostgreSQL; {_ONE_FILE}, and moving tables to another filegroup of SQL Server "
    "is left to its administrator."
)

PAGES = (
    Page(
        "Support contact",
        "Who is responsible for this server, for whoever looks. All of it may be left empty.",
        (
            Question("CompanyName", "Company"),
            Question("ContactName", "Contact"),
            Question("ContactEmail", "Mail address"),
            Question("ContactPhone", "Telephone"),
        ),
    ),
    Page(
        "Database",
        "sqlite needs nothing else and serves one machine; postgresql is a server of its own, and so is "
        "sqlserver, on which JAMS was never tried (docs/databases.md).",
        (
            Question("Database", "Kind of database", "sqlite", choices=("sqlite", "postgresql", "sqlserver")),
            Question("DataFile", "File", EMBEDDED, asked=_sqlite),
            Question(
                "Server", "Server; of SQL Server HOST\\INSTANCE or HOST,PORT", "localhost", asked=_at_server
            ),
            Question("FailoverPartner", "Failover partner; empty: none", asked=_sql_server),
            Question("Port", "Port", "5432", asked=_postgresql, check=_check_port),
            Question(
                "DatabaseName",
                "Name, another one for each scheduler of a server",
                "jams",
                asked=_at_server,
                check=_check_database_name,
            ),
            Question("User", "User; empty: that of the operating system", asked=_at_server),
            Question("Password", "Password; empty: none", secret=True, asked=_at_server),
            Question(
                "UseDatabase",
                "Use a database that holds JAMS already, as a second scheduler or after a restore",
                "no",
                choices=_YES_NO,
            ),
        ),
    ),
    Page(
        "Location of data files",
        "On the machine of the database. Empty: where its server keeps all. Of PostgreSQL the name of a "
        "tablespace, or a directory that is the server's own, in which one is made; of SQL Server the path "
        "of a file.",
        (
            Question(
                "PrimaryDataFile",
                "Primary: definitions",
                asked=lambda answers: _at_server(answers) and _new(answers),
                elsewhere=f"is for a new database on PostgreSQL or SQL Server; {_ONE_FILE}.",
            ),
            Question(
                "VolatileDataFile",
                "Volatile: what is written and removed with each task",
                asked=lambda answers: _postgresql(answers) and _new(answers),
                elsewhere=_TABLESPACE,
            ),
            Question(
                "HistoryDataFile",
                "History: what grows by every task that was executed",
                asked=lambda answers: _postgresql(answers) and _new(answers),
                elsewhere=_TABLESPACE,
            ),
            Question(
                "LogFile",
                "Log of the database, best on a disk of its own; only with the primary file",
                asked=lambda answers: _sql_server(answers) and _new(answers),
                elsewhere="is for a new database on SQL Server; SQLite's log is beside its file, and where "
                "that of PostgreSQL is says initdb --waldir.",
            ),
        ),
    ),
    Page(
        "Temporary files and logs",
        "Directories on this machine. Empty: within the home directory.",
        (
            Question("TempLocation", "Temporary files of runs", check=_check_own_directory),
            Question("DefaultLogLocation", "Logs of jobs", check=_check_directory),
        ),
    ),
    Page(
        "Administrator",
        "The first account, which may do everything. Without a password it gets a random one, shown once.",
        (
            Question("AdministratorName", "Account", "Administrator", check=_check_account),
            Question(
                "AdministratorPassword", "Password; empty: a random one", secret=True, check=_check_password
            ),
        ),
    ),
    Page(
        "Jobs",
        "The folder JAMS with the jobs of the server is made in any case.",
        (
            Question("SampleJobs", "Make sample jobs in the folder Samples", "no", choices=_YES_NO),
            Question(
                "AddOns",
                "Add-ons to add, with commas (jams addon does it later); empty: none",
                asked=lambda answers: bool(addons.names()),
                check=_check_addons,
                elsewhere="names add-ons, of which none is installed beside this server.",
            ),
        ),
    ),
)


def questions() -> Iterator[Question]:
    """All questions, in order."""
    for page in PAGES:
        yield from page.questions


def read_answers(path: Path) -> dict[str, str]:
    """What a file answers: lines ``Key = answer``, ``#`` before remarks; what is left out is its default.

    Raises:
        ConfigurationInvalid: it cannot be read, or holds a password and can be read by others.
        InvalidArgument: an answer is none that can be given, or to no question.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigurationInvalid(f"{path} cannot be read: {reason}.", target=path) from None
    known = {question.key.casefold(): question for question in questions()}
    given: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, mark, value = line.partition("=")
        question = known.get(key.strip().casefold())
        if question is None or not mark:
            near = did_you_mean(key.strip(), [each.key for each in known.values()])
            raise InvalidArgument(f"Line {number} of {path} answers no question.{near}")
        given[question.key] = value.strip()
        if question.secret and value.strip():
            check_private(path)
    return complete(given)


def complete(given: Answers) -> dict[str, str]:
    """The answers, checked, with the defaults of what is left out. Raises InvalidArgument."""
    found: dict[str, str] = {}
    for question in questions():
        if question.asked(found):
            found[question.key] = checked(question, given.get(question.key, ""), found)
        elif question.elsewhere and given.get(question.key, "").strip():
            raise InvalidArgument(f"{question.key} {question.elsewhere}", target=question.key)
    return found


def checked(question: Question, answer: str, before: Answers) -> str:
    """The answer that counts, after those ``before`` it. Raises InvalidArgument when it cannot be given."""
    found = answer.strip() or question.default or ""
    fault = line_fault(found)
    if fault is not None:
        raise InvalidArgument(f"{question.key} cannot hold {fault}.", target=question.key)
    if len(found) > LONGEST_TEXT:
        raise InvalidArgument(f"{question.key} has at most {LONGEST_TEXT} characters.", target=question.key)
    if question.choices:
        fitting = [each for each in question.choices if each.startswith(found.lower())]
        if len(fitting) != 1:
            raise InvalidArgument(f"{question.key} is {' or '.join(question.choices)}.", target=question.key)
        return fitting[0]
    try:
        question.check(found, before)
    except JAMSError as error:
        raise InvalidArgument(error.message, target=question.key) from None
    return found


def data_files(answers: Answers) -> dict[str, str]:
    """Where the data files are to lie, by the names of the guide: Primary, Volatile, History, Log."""
    named = {"Primary": "PrimaryDataFile", "Volatile": "VolatileDataFile", "History": "HistoryDataFile"}
    return {name: answers[key] for name, key in {**named, "Log": "LogFile"}.items() if answers.get(key)}


def connection_string(answers: Answers) -> str:
    """What Common.config says of the database; empty for the one in the home directory."""
    if _sqlite(answers):
        return "" if answers["DataFile"] == EMBEDDED else f"sqlite:///{answers['DataFile']}"
    if _sql_server(answers):
        return _of_sql_server(answers)
    return URL.create(
        "postgresql",
        username=answers["User"] or None,
        password=answers["Password"] or None,
        host=answers["Server"],
        port=int(answers["Port"]),
        database=answers["DatabaseName"],
    ).render_as_string(hide_password=False)


def _of_sql_server(answers: Answers) -> str:
    """In the original's spelling."""
    login = (
        {"uid": answers["User"], "pwd": answers["Password"]}
        if answers["User"]
        else {"Integrated Security": "SSPI"}
    )
    parts = {
        "Server": answers["Server"],
        "Failover Partner": answers["FailoverPartner"],
        "Database": answers["DatabaseName"],
        "Application Name": "JAMS",
        **login,
    }
    return "; ".join(f"{key}={_quoted(value)}" for key, value in parts.items() if value)


def _quoted(value: str) -> str:
    """A value as it stands in a list of parts. Raises InvalidArgument when it cannot."""
    if value[0] not in "'\"" and ";" not in value and value == value.strip():
        return value
    for quote in "\"'":
        if quote not in value:
            return f"{quote}{value}{quote}"
    raise InvalidArgument(
        "A value with both kinds of quotes and a semicolon cannot stand in a connection string: take another"
        " password, or put it into a file and answer ${file:PATH}."
    )
