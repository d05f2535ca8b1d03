from __future__ import annotations

import os
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from jams.objects.errors import ConfigurationInvalid
from jams.services.configuration import effective, load, sample
from jams.services.connection_strings import database_url
from jams.services.settings import Settings, known_settings

pytestmark = pytest.mark.unit

REPOSITORY = Path(__file__).parents[2]


def write(home: Path, body: str) -> Path:
    path = home / "Common.config"
    path.write_text(body, encoding="utf-8")
    return path


def config(**keys: str) -> str:
    lines = "".join(f'<add key="{key}" value="{value}"/>' for key, value in keys.items())
    return f"<configuration><appSettings>{lines}</appSettings></configuration>"


def test_without_a_file_everything_has_its_default(tmp_path):
    found = load(tmp_path)
    assert found.settings == Settings(home=tmp_path) and found.warnings == ()


def test_common_sample_is_what_the_settings_say():
    assert (REPOSITORY / "Common.Sample").read_text(encoding="utf-8") == sample()


def test_common_sample_used_as_it_is_changes_nothing(tmp_path):
    write(tmp_path, sample())
    found = load(tmp_path)
    assert found.settings == Settings(home=tmp_path) and found.warnings == ()


def test_every_setting_is_in_the_sample_explained_and_spelled_once():
    text, keys = sample(), [setting.key.casefold() for setting in known_settings()]
    assert len(keys) == len(set(keys)) == len(fields(Settings)) - 1
    assert all(f'key="{setting.key}"' in text and len(setting.about) > 20 for setting in known_settings())


def test_the_published_keys_are_known():
    keys = {setting.key for setting in known_settings()}
    published = {"ConnectionString", "JAMServer", "AuthorizedGroup", "DefaultLogLocation", "TempLocation"}
    assert published | {"TimeStampLogFormat", "Auth:TokenLifetime"} <= keys


def test_values_are_read_by_key_in_any_case(tmp_path):
    write(
        tmp_path, config(jamserver="scheduler.example.com", WEBPORT="81", **{"Auth:TokenLifetime": "1.02:30"})
    )
    settings = load(tmp_path).settings
    assert (settings.jam_server, settings.web_port) == ("scheduler.example.com", 81)
    assert settings.token_lifetime == ((24 + 2) * 60 + 30) * 60


def test_the_vendors_form_with_app_settings_as_the_root_is_read(tmp_path):
    write(
        tmp_path,
        '<?xml version="1.0" encoding="utf-8"?><appSettings><add key="JAMServer" value="x"/></appSettings>',
    )
    assert load(tmp_path).settings.jam_server == "x"


def test_the_domain_before_an_authorized_group_is_left_out(tmp_path):
    write(tmp_path, config(AuthorizedGroup=r"DOMAIN\Operators"))
    assert load(tmp_path).settings.authorized_group == "Operators"


def test_an_empty_value_is_the_default(tmp_path):
    write(tmp_path, config(WebPort=" ", ServerPort=""))
    assert load(tmp_path).settings == Settings(home=tmp_path)


def test_the_command_line_wins_over_the_file(tmp_path):
    write(tmp_path, config(WebPort="81"))
    assert load(tmp_path, {"WebPort": "0"}).settings.web_port == 0
    with pytest.raises(ConfigurationInvalid, match="WebPort in the command line"):
        load(tmp_path, {"WebPort": "http"})


def test_an_unknown_key_is_a_warning_that_names_it(tmp_path):
    path = write(tmp_path, config(JamsServer="x"))
    (warning,) = load(tmp_path).warnings
    assert "JamsServer" in warning and str(path) in warning


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("WebPort", "65536"),
        ("WebPort", "-1"),
        ("WebPort", "1_0"),
        ("WebPort", "٣"),
        ("ServerPort", "773/tcp"),
        ("Auth:TokenLifetime", "12 hours"),
        ("Auth:TokenLifetime", "24:00"),
        ("Auth:TokenLifetime", "0:00"),
        ("Auth:AllowInsecureHttp", "yes"),
        ("ListenAddress", "0.0.0.0:80"),
        ("JAMServer", "http://x"),
        ("PublicUrl", "jams.example.com"),
        ("PublicUrl", "ftp://jams.example.com"),
        ("PublicUrl", "https://user@jams.example.com/"),
        ("PublicUrl", "https://jams.example.com:99999/"),
        ("WebServices", "elsewhere"),
        ("Threads", "1"),
        ("MaxRequestBytes", "1"),
        ("LogLevel", "loud"),
    ],
)
def test_a_bad_value_is_one_sentence_that_names_key_and_file(tmp_path, key, value):
    path = write(tmp_path, config(**{key: value}))
    with pytest.raises(ConfigurationInvalid) as raised:
        load(tmp_path)
    assert raised.value.message.startswith(f"{key} in {path} ") and raised.value.message.count(". ") == 0


@pytest.mark.parametrize("keys", [{"WireKey": "x"}, {"WireCertificate": "x"}])
def test_values_that_do_not_go_together_are_refused(tmp_path, keys):
    write(tmp_path, config(**keys))
    with pytest.raises(ConfigurationInvalid):
        load(tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not xml",
        "<configuration>",
        "<settings/>",
        "<configuration><appSettings><remove key='x'/></appSettings></configuration>",
        "<configuration><appSettings><add value='x'/></appSettings></configuration>",
        "<configuration><appSettings><add key='x' value='y' other='z'/></appSettings></configuration>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><configuration>&e;</configuration>",
        "<!DOCTYPE configuration><configuration/>",
        '<?xml version="1.0" encoding="no-such"?><configuration/>',
    ],
)
def test_a_file_that_is_no_configuration_is_refused(tmp_path, body):
    path = write(tmp_path, body)
    with pytest.raises(ConfigurationInvalid) as raised:
        load(tmp_path)
    assert str(path) in raised.value.message and "passwd" not in raised.value.message


def test_a_folder_in_the_files_place_is_refused(tmp_path):
    (tmp_path / "Common.config").mkdir()
    with pytest.raises(ConfigurationInvalid, match="cannot be read"):
        load(tmp_path)


def test_settings_cannot_be_changed(tmp_path):
    with pytest.raises(FrozenInstanceError):
        load(tmp_path).settings.web_port = 1  # type: ignore[misc]


def test_what_is_shown_hides_the_password_and_what_is_derived_is_shown(tmp_path):
    write(tmp_path, config(ConnectionString="postgresql://jams:hunter2@db/jams")).chmod(0o600)
    shown = {row["key"]: row["value"] for row in effective(load(tmp_path).settings)}
    assert "hunter2" not in str(shown) and "jams:***@db" in shown["ConnectionString"]
    assert shown["TempLocation"] == str(tmp_path / "temp")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_password_in_a_file_that_others_can_read_is_refused(tmp_path, mode):
    file = write(tmp_path, config(ConnectionString="Host=db;Username=jams;Password=hunter2"))
    file.chmod(mode)
    with pytest.raises(ConfigurationInvalid, match="chmod 600") as refused:
        load(tmp_path)
    assert "hunter2" not in refused.value.message
    file.chmod(0o600)
    load(tmp_path)
    write(tmp_path, config(ConnectionString="Host=db;Username=jams")).chmod(mode)
    load(tmp_path)


def test_relative_places_are_relative_to_the_home_directory(tmp_path):
    write(tmp_path, config(TempLocation="runs", DefaultLogLocation="/var/log/jams"))
    settings = load(tmp_path).settings
    assert settings.run_directory == tmp_path / "runs"
    assert settings.job_logs == Path("/var/log/jams")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", "sqlite:///{home}/JAMS.db"),
        ("data/my.db", "sqlite:///{home}/data/my.db"),
        ("/srv/my.db", "sqlite:////srv/my.db"),
        ("sqlite:///rel.db", "sqlite:///{home}/rel.db"),
        ("sqlite:////srv/my.db", "sqlite:////srv/my.db"),
        ("Data Source=my.db", "sqlite:///{home}/my.db"),
        ("postgresql://u:p@h:5433/jams", "postgresql+psycopg://u:p@h:5433/jams"),
        ("postgresql+psycopg://h/jams", "postgresql+psycopg://h/jams"),
        (
            "Host=h;Port=5433;Database=jams;Username=u;Password=p;SSL Mode=require;Timeout=9",
            "postgresql+psycopg://u:p@h:5433/jams?connect_timeout=9&sslmode=require",
        ),
        ("Host=h;SSL Mode=VerifyFull", "postgresql+psycopg://h:5432/jams?sslmode=verify-full"),
        ("Host=h;Application Name=a", "postgresql+psycopg://h:5432/jams?application_name=a"),
        ("postgresql://h/jams?connect_timeout=3", "postgresql+psycopg://h/jams?connect_timeout=3"),
    ],
)
def test_connection_strings_that_name_a_database(tmp_path, text, url):
    found = database_url(text, tmp_path).render_as_string(hide_password=False)
    assert found == url.format(home=tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "Server=db;Database=JAMS",
        "Server=db;Integrated Security=SSPI;uid=sa;pwd=hunter2",
        "Server=db;Integrated Security=perhaps",
        "Server=db,first;uid=sa;pwd=hunter2",
        r"Server=\\.\pipe\sql\query;uid=sa;pwd=hunter2",
        "Server=db;uid=sa;pwd=hunter2;Connect Timeout=soon",
        "Server=db;uid=sa;pwd=hunter2;Encrypt=perhaps",
        "Server=db;uid=sa;pasword=hunter2",
        "Database=JAMS;uid=sa;pwd=hunter2",
        "mssql+pyodbc://sa:hunter2@db/JAMS?failoverpartner=x",
        "mssql://",
        "oracle://sa:hunter2@db/JAMS",
        "Server=db;uid=sa;pwd=hunter2;and so on",
        "Host=h;Port=x",
        "Host=h;Timeout=soon",
        "Host=h;SSL Mode=some",
        "Host=h;Pooling=true",
        "Host=h;Integrated Security=true;Password=hunter2",
        "Host=h;Pasword=hunter2",
        "postgresql://u:hunter2@h/jams?sslmod=require",
        "Data Source=my.db;Password=hunter2",
        "sqlite:///my.db?mode=ro",
        "sqlite://",
        "sqlite:///:memory:",
        "no such kind://x",
        "=;",
    ],
)
def test_connection_strings_that_name_none_are_refused_without_their_secrets(tmp_path, text):
    with pytest.raises(ConfigurationInvalid) as raised:
        database_url(text, tmp_path)
    assert raised.value.message.startswith("ConnectionString ") and "hunter2" not in raised.value.message


@pytest.mark.parametrize(
    ("key", "given", "attribute", "value"),
    [
        ("PowerShellSessions", "1", "power_shell_sessions", 1),
        ("PowerShellSessionsPerAccount", "10000", "power_shell_sessions_per_account", 10_000),
        ("PowerShellIdleTime", "00:01", "power_shell_idle_time", 60.0),
        ("PowerShellIdleTime", "12:00", "power_shell_idle_time", 43_200.0),
        ("PowerShellRunTime", "None", "power_shell_run_time", None),
        ("PowerShellRunTime", "1.00:00", "power_shell_run_time", 86_400.0),
        ("PowerShellMonitorTime", "00:00:05", "power_shell_monitor_time", 5.0),
        ("PowerShellStopGrace", "00:00:01", "power_shell_stop_grace", 1.0),
    ],
)
def test_limits_of_powershell_sessions(tmp_path, key, given, attribute, value):
    write(tmp_path, config(**{key: given}))
    assert getattr(load(tmp_path).settings, attribute) == value


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("PowerShellSessions", "0"),
        ("PowerShellSessionsPerAccount", "10001"),
        ("PowerShellIdleTime", "00:00:59"),
        ("PowerShellIdleTime", "12:00:01"),
        ("PowerShellIdleTime", "none"),
        ("PowerShellRunTime", "00:00"),
        ("PowerShellStopGrace", "00:00:00"),
        ("PowerShellStopGrace", "00:10:01"),
    ],
)
def test_limits_of_powershell_sessions_have_bounds(tmp_path, key, given):
    write(tmp_path, config(**{key: given}))
    with pytest.raises(ConfigurationInvalid, match=key):
        load(tmp_path)


def test_the_defaults_of_the_endpoint_are_those_of_the_settings(tmp_path):
    from jams.services.powershell import session_limits
    from psprovider.endpoint.limits import DEFAULT_LIMITS

    assert session_limits(Settings(home=tmp_path)) == DEFAULT_LIMITS
