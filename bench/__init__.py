"""Measures intake and the batch path on this machine, on durable engines: `make bench`."""
