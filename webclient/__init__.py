"""JAMSWebClient: the command line that speaks to the web services."""
