"""The PowerShell module JAMS: cmdlets over REST, a drive, and the classes that scripts make.

The folder ``JAMS`` is the module as a user installs it. What follows from the catalogue is written into it by
``python run.py generate`` and checked in.
"""
