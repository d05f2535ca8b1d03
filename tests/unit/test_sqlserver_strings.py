r"""Connection strings in the original's spelling, and secrets that they take from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from jams.executor.environment import base_environment
from jams.objects.errors import ConfigurationInvalid
from jams.services.configuration import load
from jams.services.connection_strings import database_url

pytestmark = pytest.mark.unit

GUIDE = (
    r"Server=SQLA\INST1; Failover Partner=SQLB\INST1; Database=JAMS; Application Name=JAMS;"
    " Connect Timeout=600; "
)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            GUIDE + "Integrated Security=SSPI",
            "mssql+pyodbc://SQLA/JAMS?application_name=JAMS&connect_timeout=600&failover_partner=SQLB%5CINST1&instance=INST1",
        ),
        (
            GUIDE + "Trusted_Connection=False;uid=jams;pwd=a=b'c",
            "mssql+pyodbc://jams:a=b%27c@SQLA/JAMS?application_name=JAMS&connect_timeout=600&failover_partner=SQLB%5CINST1&instance=INST1",
        ),
        ("Server=(local);Integrated Security=true", "mssql+pyodbc://localhost/JAMS"),
        (r"Data Source=.\MSSQLSERVER;Initial Catalog=X;Trusted_Connection=yes", "mssql+pyodbc://localhost/X"),
        ("server=tcp:db,1444;UID=u;PWD='p;1'", "mssql+pyodbc://u:p%3B1@db:1444/JAMS"),
        ("Server=db;uid=u;pwd=p;Encrypt=Mandatory;TrustServerCertificate=True", "mssql+pyodbc://u:p@db/JAMS?encrypt=yes&trust_server_certificate=yes"),
        ("Server=db;uid=u;pwd=p;Driver=FreeTDS", "mssql+pyodbc://u:p@db/JAMS?driver=FreeTDS"),
        ("mssql://u:p@db:1444/X?failover_partner=other,1445", "mssql+pyodbc://u:p@db:1444/X?failover_partner=other%2C1445"),
        ("mssql+pyodbc://db", "mssql+pyodbc://db/JAMS"),
    ],
)  # fmt: skip
def test_the_originals_spelling(tmp_path: Path, text: str, url: str) -> None:
    found = database_url(text, tmp_path)
    assert found == make_url(url)
    assert make_url(found.render_as_string(hide_password=False)) == found


def configured(home: Path, text: str) -> Path:
    path = home / "Common.config"
    value = text.replace('"', "&quot;")
    path.write_text(f'<appSettings><add key="ConnectionString" value="{value}"/></appSettings>')
    path.chmod(0o644)
    return path


def secret(home: Path, text: str = "p;w=1\n", mode: int = 0o600) -> Path:
    path = home / "password"
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "Server=db;Database=JAMS;uid=jams;pwd=${file:password}",
        "Host=db;Database=jams;Username=jams;Password=${file:password}",
        "mssql://jams:${file:password}@db/JAMS",
        "postgresql://jams:${file:password}@db/jams",
        "postgresql://${env:JAMS_DATABASE_USER}:${env:JAMS_DATABASE_PASSWORD}@db/jams",
    ],
)
def test_a_secret_comes_from_elsewhere_and_the_file_may_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    secret(tmp_path)
    monkeypatch.setenv("JAMS_DATABASE_USER", "jams")
    monkeypatch.setenv("JAMS_DATABASE_PASSWORD", "p;w=1")
    configured(tmp_path, text)
    found = database_url(load(tmp_path).settings.connection_string, tmp_path)
    assert (found.username, found.password) == ("jams", "p;w=1")


def test_a_password_beside_a_reference_is_still_one_in_the_file(tmp_path: Path) -> None:
    secret(tmp_path)
    configured(tmp_path, "Server=db;uid=${file:password};pwd=hunter2")
    with pytest.raises(ConfigurationInvalid, match="chmod 600"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("${file:nowhere}", "nowhere, which cannot be read"),
        ("${env:JAMS_NOT_SET}", "JAMS_NOT_SET of the environment, which is not set"),
        ("${env:DATABASE_PASSWORD}", "which jobs inherit; call it JAMS_DATABASE_PASSWORD"),
    ],
)
def test_a_reference_to_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str, says: str
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")
    with pytest.raises(ConfigurationInvalid) as refused:
        database_url(f"Server=db;uid=u;pwd={reference}", tmp_path)
    assert says in refused.value.message and "hunter2" not in refused.value.message


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret(tmp_path, "hunter2", 0o644)
    with pytest.raises(ConfigurationInvalid, match="chmod 600") as refused:
        database_url("Server=db;uid=u;pwd=${file:password}", tmp_path)
    assert "hunter2" not in refused.value.message


def test_no_job_inherits_a_variable_that_can_be_named() -> None:
    assert base_environment({"JAMS_DATABASE_PASSWORD": "hunter2", "LANG": "C"}) == {"LANG": "C"}


def test_what_says_nothing_here_is_taken_and_told(tmp_path: Path) -> None:
    path = configured(tmp_path, GUIDE + "Integrated Security=SSPI;MultipleActiveResultSets=True;Pooling=true")
    assert path.exists()
    warnings = load(tmp_path).warnings
    assert [each.split(",")[0] for each in warnings] == [
        "ConnectionString says multipleactiveresultsets",
        "ConnectionString says pooling",
    ]
