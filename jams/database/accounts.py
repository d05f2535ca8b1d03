"""Accounts."""

from __future__ import annotations


