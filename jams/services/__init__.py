"""Processes: configuration, one service or all of them, logs."""
