"""Hosting the web services under IIS by HttpPlatformHandler.

IIS starts :mod:`iis.hosting` as a process, hands it a port and passes requests on to it; ``python -m iis
web-config`` writes the ``web.config`` that tells it so. Everything here is tested on Linux by doing what the
handler does; IIS itself is not verified.
"""
