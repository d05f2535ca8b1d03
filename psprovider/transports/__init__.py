"""How sessions of the remoting endpoint reach the outside.

``unix_socket``
    sessions over a socket of this machine, from callers that the system vouches for.
``bridge``
    what an SSH server starts as its subsystem: hands the client's pipes over to the server, or copies.
``handover``
    what a connection of that socket talks through: itself, or pipes that were handed over.
``stdio``
    one session over standard input and output, in a process of its own.
``ssh``
    an SSH server of our own, for accounts of JAMS.
``wsman``
    sessions over WS-Management, as WinRM clients make them.

Every transport establishes who is calling before a session exists; nothing that the client says later
changes it. A session that breaks the protocol ends alone.
"""
