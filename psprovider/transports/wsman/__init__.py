"""Sessions over WS-Management, as PowerShell makes them through WinRM (MS-WSMV, MS-PSRP 3).

``envelopes``, ``answers``, ``faults``, ``xpress``
    what goes over the wire.
``shells``
    the sessions, and the Receives that wait for their output.
``service``
    the operations, called by threads; what has to wait is handed back as something to wait for.
``application``, ``server``
    HTTP in front of them: who is calling, limits, TLS.

Waiting costs no thread: a client keeps a Receive parked for as long as its session lives.
"""
