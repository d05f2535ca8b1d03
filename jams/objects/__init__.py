"""The nouns: documents, enumerations and errors of the interface. Imports nothing of ours."""
