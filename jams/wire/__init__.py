"""What travels between programs, as both ends know it: addresses, credentials, calls, heads of HTTP."""
