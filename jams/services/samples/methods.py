"""A job for each method."""

from __future__ import annotations

import os
import tempfile

from jams.objects.enums import DataType
from jams.objects.parts import ParamDef
from jams.objects.setups import Setup, SetupJob

from .model import Samples, job, task
from .setups import OPERATORS

_HERE = "\\Samples\\Methods"
_WHO = ParamDef(param_name="Who", default_value="world", prompt="Whom to greet")
_TIMES = ParamDef(param_name="Times", data_type=DataType.INTEGER, default_value="2", prompt="How often")

_COMMAND = "echo Good day, {}!\n".format("%Who%" if os.name == "nt" else '"$Who"')

_PARSED = """\
echo "Good day, <<Who>>: it is <<JAMS.Now("HH:mm")>>, and this is entry <<JAMS.JAMSEntry>>."
"""

_POWERSHELL = """\
param([string]$Who, [int]$Times)
1..$Times | ForEach-Object { "${_}: Good day, $Who!" }
"""

_POWERSHELL_PARSED = """\
Write-Output 'This is entry <<JAMS.JAMSEntry>> of <<JAMS.JobName>>.'
"""

_PYTHON = """\
import os
print(f"Good day, {os.environ['Who']}!")
"""

_SQL = """\
create table orders (day text, total integer);
insert into orders values (:Day, 3), (:Day, 4);
select day, sum(total) as total from orders group by day;
"""

_REQUEST = """\
GET <<Url>>
Accept: text/html

"""

_MAIL = """\
To: <<MailTo>>
Subject: <<JAMS.JobName>> says good day

This is entry <<JAMS.JAMSEntry>>.
"""

_TRANSFER = """\
Server: <<FileServer>>
Protocol: FTP
From: /*.txt
To: <<Folder>>
IfNone: Succeed
"""


def _database(address: str) -> ParamDef:
    return ParamDef(param_name="ConnectionString", default_value=address, allow_entry=False)


def _number(name: str, value: str, sequence: int) -> ParamDef:
    return ParamDef(param_name=name, data_type=DataType.INTEGER, default_value=value, sequence=sequence)


def _text(name: str, value: str) -> ParamDef:
    return ParamDef(param_name=name, default_value=value)


SAMPLES = (
    Samples(
        "Methods",
        "A job for each method; see docs/methods.md. What a method needs and the machine lacks is left out.",
        (
            job(
                "Command",
                _COMMAND,
                "A script of the platform's shell: parameters are variables of its environment.",
                method="Command",
                parameters=(_WHO,),
            ),
            job(
                "Parsed",
                _PARSED,
                "The same, in which references in angle brackets are replaced before it runs.",
                method="Parsed",
                parameters=(_WHO,),
            ),
            job(
                "PowerShell",
                _POWERSHELL,
                "A script of PowerShell: what its param block names it gets, in its type.",
                method="PowerShell",
                parameters=(_WHO, _TIMES),
            ),
            job(
                "PowerShellParsed",
                _POWERSHELL_PARSED,
                "A script of PowerShell in which references are replaced.",
                method="PowerShellParsed",
            ),
            job("Python", _PYTHON, "A script of Python.", parameters=(_WHO,)),
            job(
                "Routine",
                "jams.services.samples.routine:Greeting",
                "An entry point of Python: its parameters are values of their types.",
                method="Routine",
                parameters=(_WHO, _TIMES),
            ),
            job(
                "SQLCommand",
                _SQL,
                "Statements at a database, here one in memory; the value of Day is bound.",
                method="SQLCommand",
                parameters=(
                    _database("sqlite://"),
                    ParamDef(param_name="Day", data_type=DataType.DATE, default_value="TODAY"),
                ),
            ),
            job(
                "SQLStoredProc",
                "add_up",
                "Calls a procedure with the job's parameters in their order, where ConnectionString says. "
                "Make it first: create procedure add_up(a integer, b integer, inout total integer) language "
                "plpgsql as $$ begin total := a + b; end $$.",
                method="SQLStoredProc",
                parameters=(
                    _database("postgresql://localhost/postgres"),
                    _number("a", "40", 1),
                    _number("b", "2", 2),
                    _number("total", "0", 3),
                ),
            ),
            job(
                "OdbcCommand",
                _SQL,
                "The same through a driver of ODBC that the machine has, here that of SQLite.",
                method="OdbcCommand",
                parameters=(
                    _database("DRIVER={SQLite3};Database=:memory:"),
                    ParamDef(param_name="Day", data_type=DataType.DATE, default_value="TODAY"),
                ),
            ),
            job(
                "HTTP",
                _REQUEST,
                "A request as it goes over the wire; Url names a page of this server.",
                method="HTTP",
                parameters=(_text("Url", "http://localhost:8080/JAMS/swagger"),),
            ),
            job(
                "Mail",
                _MAIL,
                "A mail as it is sent; needs the setting SMTPServer.",
                method="Mail",
                parameters=(_text("MailTo", OPERATORS),),
            ),
            job(
                "FileTransfer",
                _TRANSFER,
                "Fetches texts by FTP from a server that lets everybody in: FileServer, into Folder.",
                method="FileTransfer",
                parameters=(_text("FileServer", "localhost:2121"), _text("Folder", tempfile.gettempdir())),
            ),
            job(
                "Sequence",
                "",
                "Runs Command and Python beside each other, and then Parsed; a failure of Python is borne.",
                method="Sequence",
                tasks=(
                    task("ParallelTask", uid="together"),
                    task("SubmitJobTask", "together", SubmitJob=f"{_HERE}\\Command"),
                    task("FailureActionTask", "together", uid="borne", FailureAction="Continue"),
                    task("SubmitJobTask", "borne", SubmitJob=f"{_HERE}\\Python"),
                    task("SubmitJobTask", SubmitJob=f"{_HERE}\\Parsed"),
                ),
            ),
        ),
        setups=(
            Setup(
                setup_name="Setup",
                description="Runs Command and Python in its first step, and Parsed in its second.",
                jobs=[
                    SetupJob(job_name=f"{_HERE}\\{name}", step=step)
                    for name, step in (("Command", 10), ("Python", 10), ("Parsed", 20))
                ],
            ),
        ),
    ),
)
