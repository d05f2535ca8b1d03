"""People who are known elsewhere: in a directory, by LDAP, or to an issuer of OpenID Connect."""
