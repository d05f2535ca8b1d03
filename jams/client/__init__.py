"""The front door of the class library."""
