"""Hosting under IIS."""
