"""JAMServer: runs operations for callers, here and over the wire."""
