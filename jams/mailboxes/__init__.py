"""Mailboxes: looks for the mails for which triggers wait, by IMAP (semantics 2.11)."""
