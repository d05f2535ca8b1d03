"""The remoting endpoint: the far end of a PowerShell session, by the PowerShell Remoting Protocol (MS-PSRP).

Layers, from the wire to the commands; none of them knows a socket:

``clixml``
    values to and from CLIXML, the protocol's notation for objects.
``fragments``, ``messages``, ``packets``
    what goes over the wire: fragments of objects, message headers, lines of the out-of-process framing.
``requests``, ``records``, ``host_calls``, ``metadata``
    the messages as plain data: what clients ask for, what servers answer.
``session``
    one runspace pool as a state machine: bytes in, events and bytes out.
``out_of_process``, ``shell``
    a session as the two kinds of transports carry it: lines over a pipe (SSH, stdio, a unix socket), or
    fragments in the requests of WS-Management.
``engine``
    the interface of whoever runs commands.
``runtime``, ``runs``, ``streams``, ``host``
    the only part that knows threads: runs an engine's pipelines for a session, and what each of them sees.
``threads``, ``alarms``
    where it runs them, and what ends them, or an idle session, in time.
``connection``
    all of it put together for a client at the end of a pipe.
"""
