"""Accounts that the service acts as: logging in, and tokens that renew themselves."""
