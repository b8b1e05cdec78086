"""Contacts and their names (S3): `merging` writes, `reading` is what pages read."""
