"""Sessions on JAMS: the engine and the drive put together, as the remoting endpoint is given them.

``session.JamsEngine`` is what a transport's connections run their pipelines with.
"""
