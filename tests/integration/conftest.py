"""Lends the integration tests the fixtures that several of their files need."""

from __future__ import annotations

from tests.support.jamsdba import home, jamsdba
from tests.support.openid import sso

__all__ = ["home", "jamsdba", "sso"]
