"""JAMSDBA: the utility for the database and the keys of a server, on the machine where it lives."""
