"""The web services: SOAP and REST in one WSGI application."""
