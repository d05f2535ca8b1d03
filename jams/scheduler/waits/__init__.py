"""What entries wait for: a module a kind, asked in the order of :mod:`jams.scheduler.waits.chain`."""
