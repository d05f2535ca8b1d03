"""Files at other servers, by FTP, FTPS and SFTP: who lists, fetches, sends and removes them.

A :class:`~jams.transfers.store.FileStore` is a connection that speaks one protocol;
:mod:`~jams.transfers.moving` brings files from and to one, whole or not at all. Nothing here knows of jobs.
"""
