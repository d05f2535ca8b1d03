"""SOAP as both ends know it: names, what types look like in XML, and how elements are read."""
