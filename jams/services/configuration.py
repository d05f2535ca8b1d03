"""Common.config: the configuration file that all services share, and its sample."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from jams.objects.errors import ConfigurationInvalid
from jams.security.files import check_private

from . import sqlserver_strings
from .connection_strings import database_url
from .referred_secrets import is_literal, marked
from .settings import Setting, Settings, known_settings

FILE_NAME = "Common.config"
_MAX_BYTES = 1 << 20
_BY_KEY = {setting.key.casefold(): setting for setting in known_settings()}


@dataclass(frozen=True)
class Configuration:
    """The settings of a home, and what is odd about its file without being wrong."""

    settings: Settings
    path: Path
    warnings: tuple[str, ...]


def load(home: Path, overrides: Mapping[str, str] | None = None) -> Configuration:
    """Read the configuration of a home directory; a missing file means the defaults.

    Args:
        home: the home directory.
        overrides: values by key that win over the file, as given on a command line.

    Raises:
        ConfigurationInvalid: the file cannot be read, or a value is not one its key can have.
    """
    path = home / FILE_NAME
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for where, entries in ((str(path), _entries(path)), ("the command line", overrides or {})):
        for key, value in entries.items():
            setting = _BY_KEY.get(key.casefold())
            if setting is None:
                warnings.append(f"{where}: the key {key} is not known and has no effect.")
            elif value.strip():
                values[setting.attribute] = _read(setting, value.strip(), where)
    settings = Settings(home=home, **values)
    _check_together(settings, path)
    warnings += sqlserver_strings.ignored(settings.connection_string)
    return Configuration(settings, path, tuple(warnings))


def _read(setting: Setting, value: str, where: str) -> object:
    try:
        return setting.read(value)
    except ValueError as error:
        raise ConfigurationInvalid(f"{setting.key} in {where} {error}.", target=setting.key) from None


def sample() -> str:
    """The text of ``Common.Sample``: every key with its default and what it means."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!-- Copy this file to Common.config in the home directory and change what shall differ.",
        "     A key that is left out, or left empty, has its default. -->",
        "<configuration>",
        "  <appSettings>",
    ]
    for setting in known_settings():
        lines += textwrap.wrap(
            f"<!-- {escape(setting.about)} -->", 100, initial_indent=" " * 4, subsequent_indent=" " * 9
        )
        lines.append(f"    <add key={quoteattr(setting.key)} value={quoteattr(setting.written)}/>")
    return "\n".join([*lines, "  </appSettings>", "</configuration>", ""])


def effective(settings: Settings) -> list[dict[str, object]]:
    """Each setting with the value in effect; the password in a connection string is masked.

    Raises:
        ConfigurationInvalid: the connection string names no database that this version can use.
    """
    shown: dict[str, object] = {
        "connection_string": database_url(settings.connection_string, settings.home).render_as_string(
            hide_password=True
        ),
        "server_name": settings.name,
        "default_log_location": str(settings.job_logs),
        "allowed_log_locations": "; ".join(settings.allowed_log_locations),
        "temp_location": str(settings.run_directory),
        "power_shell_socket": str(settings.power_shell_path or "none"),
        "power_shell_socket_mode": f"{settings.power_shell_socket_mode:04o}",
        "power_shell_users": _paired(settings.power_shell_users),
        "directory_servers": "; ".join(server.url for server in settings.directory_servers),
        "directory_groups": _paired(settings.directory_groups),
        "openid_groups": _paired(settings.openid_groups),
        "token_lifetime": f"{settings.token_lifetime:.0f} seconds",
    }
    return [
        {"key": setting.key, "value": shown.get(setting.attribute, getattr(settings, setting.attribute))}
        for setting in known_settings()
    ]


def _paired(pairs: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{name}={other}" for name, other in pairs)


def _holds_password(settings: Settings) -> bool:
    """Whether a password stands in the file itself."""
    try:
        return is_literal(database_url(marked(settings.connection_string), settings.home).password or "")
    except ConfigurationInvalid:
        # Whoever opens the database tells what is wrong.
        return False


def _check_together(settings: Settings, path: Path) -> None:
    if path.exists() and _holds_password(settings):
        check_private(path)
    if bool(settings.wire_certificate) != bool(settings.wire_key):
        raise ConfigurationInvalid(
            f"WireCertificate and WireKey in {path} are given together or not at all.", target="WireKey"
        )
    for kind, key, value in (
        ("passphrase", "KeyPassphraseFile", settings.key_passphrase_file),
        ("command", "KeyCommand", settings.key_command),
    ):
        if settings.key_protection == kind and not value:
            raise ConfigurationInvalid(f"KeyProtection in {path} is {kind}, and needs {key}.", target=key)
    if bool(settings.wsman_certificate) != bool(settings.wsman_key):
        raise ConfigurationInvalid(
            f"WSManCertificate and WSManKey in {path} are given together or not at all.", target="WSManKey"
        )


def _entries(path: Path) -> dict[str, str]:
    """The keys and values of the file; a key given twice counts as it was given last."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > _MAX_BYTES:
        raise ConfigurationInvalid(f"{path} is longer than a configuration can be.")
    reader = _Reader(path)
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as error:
        raise ConfigurationInvalid(f"{path} is not well-formed XML: {error}.") from None
    return reader.found


class _Reader:
    """Collects ``<add key= value=>`` of ``<appSettings>``; the root is that, or ``<configuration>``.

    A document type is refused, so that no entity is ever expanded.
    """

    def __init__(self, path: Path) -> None:
        self.found: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._path = path
        self._open: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        where = self._open[:-1]
        if not where and name not in ("configuration", "appSettings"):
            raise self._error("begins with <configuration>")
        if where not in (["configuration", "appSettings"], ["appSettings"]):
            return
        if name != "add" or not attributes.keys() <= {"key", "value"} or "key" not in attributes:
            raise self._error('holds only <add key="..." value="..."/> in its appSettings')
        self.found[attributes["key"].strip()] = attributes.get("value", "")

    def _end(self, name: str) -> None:
        self._open.pop()

    def _refuse_doctype(self, *_: object) -> None:
        raise self._error("must not have a document type")

    def _error(self, fault: str) -> ConfigurationInvalid:
        return ConfigurationInvalid(f"{self._path} {fault} (line {self.parser.CurrentLineNumber}).")
