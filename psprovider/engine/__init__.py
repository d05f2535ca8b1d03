"""The command engine of a remote session: parser, binder, pipelines, built-in commands, formatter.

There is no language here: no variables, no
script, no way from text to Python but the list of commands.
"""
