"""The PowerShell module JAMS: cmdlets over REST, a drive, and the classes that scripts make.

The folder ``JAMS`` is the module as a user installs it. What follows from the catalogue is written into it by
``python -m psprovider.module.generate`` and checked in; nothing of this package runs beside the module.
"""
