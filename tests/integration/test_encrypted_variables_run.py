"""Real runs that have the value of an encrypted variable: where it is then, and where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.database import variables
from jams.executor.executor import Executor
from jams.objects.definitions import Variable
from jams.objects.enums import Severity
from jams.objects.parts import ParamDef
from jams.scheduler import Scheduler
from jams.security.variables import VariableSecrets
from jams.security.vault import Vault
from tests.support.real_runs import Server
from tests.support.schedule import USER, desk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

MARK = "Mark-9d31c02e"


@pytest.fixture
def s(tmp_path: Path) -> Iterator[Server]:
    secrets = VariableSecrets(Vault(tmp_path / "secret.key"))
    with desk(tmp_path / "jams.db") as d:
        scheduler = Scheduler(d.database, value_of=secrets.open)
        executor = Executor(
            tmp_path / "runs", log_location=tmp_path / "logs", on_ended=scheduler.run_ended, grace_seconds=2
        )
        scheduler.start(executor)

        def key(c: object) -> object:
            document = Variable(variable_name="Key", encryption_flag=True, new_encrypted_value=MARK)
            return variables.create(c, document, user=USER, seal=secrets.seal)  # type: ignore[arg-type]

        d.write(key)
        try:
            yield Server(d, scheduler)
        finally:
            scheduler.stop()
            executor.close()


def log_of(tmp_path: Path) -> str:
    return "".join(path.read_text() for path in (tmp_path / "logs").rglob("*.log"))


def run(s: Server, method: str, source: str, more: list[ParamDef] | None = None) -> Severity:
    token = ParamDef(param_name="Token", variable_name="\\Key")
    s.desk.job("\\j", source, method_name=method, parameters=[token, *(more or [])])
    found: Severity = s.over(s.submit("\\j")).final_severity
    return found


@pytest.mark.parametrize(
    ("method", "source"),
    [
        (
            "Command",
            f'ps -ef > around; grep -q {MARK[:8]} around && exit 3; test "$Token" = {MARK[:5]}"{MARK[5:]}"',
        ),
        ("Python", f"import os; assert os.environ['Token'] == '{MARK[:5]}' + '{MARK[5:]}'"),
    ],
)
def test_a_script_has_it_in_its_environment_alone(
    s: Server, tmp_path: Path, method: str, source: str
) -> None:
    source = source.replace("around", str(tmp_path / "around"))
    assert run(s, method, source) is Severity.SUCCESS, log_of(tmp_path)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or MARK.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("length", [0, 4000])
def test_a_work_of_ours_has_it_in_source_and_parameters_and_writes_it_nowhere(
    s: Server, tmp_path: Path, length: int
) -> None:
    """Also where more is given than a pipe is sure to take."""
    filler = [ParamDef(param_name="Long", variable_name="\\Long")] if length else []
    if length:
        secrets = VariableSecrets(Vault(tmp_path / "secret.key"))
        document = Variable(variable_name="Long", encryption_flag=True, new_encrypted_value="y" * length)
        s.desk.write(lambda c: variables.create(c, document, user=USER, seal=secrets.seal))
    database = ParamDef(param_name="ConnectionString", default_value=f"sqlite:///{tmp_path}/other.db")
    source = (
        "CREATE TABLE t (a TEXT, b TEXT);\n"
        "INSERT INTO t VALUES ('<<Token>>', :Token);\n"
        "SELECT a, b, length(a) FROM t;\nSELECT nothing_of_the_kind_'<<Token>>' FROM t;\n"
    )
    assert run(s, "SQLCommand", source, [database, *filler]) is not Severity.SUCCESS  # the last statement
    log = log_of(tmp_path)
    assert log.count("********") >= 2 and str(len(MARK)) in log and MARK not in log, log
    for path in tmp_path.rglob("*"):
        written = path.is_file() and path.name != "other.db"
        assert not written or MARK.encode() not in path.read_bytes(), path
