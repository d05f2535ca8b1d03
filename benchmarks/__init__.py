"""Measurements of speed and size. ``python -m benchmarks`` runs all of them."""
