"""The IRC side: connections, logins, joins and what a client may send."""
