"""PowerShell in front of JAMS: the remoting endpoint, cmdlets, the drive and the module."""
