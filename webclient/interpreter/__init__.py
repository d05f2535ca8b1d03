"""The interpreter ``JAMS>``: the commands of JAMSWebClient in the manner of DCL."""
