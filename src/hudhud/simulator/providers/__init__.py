"""One package per provider: what is said there, in which shape, and how it looks.

A provider is a name in `numbers.ProviderName`, a package here in `spoken.PROVIDERS` (its
kinds with their forms, its webhooks, its faces) and the addresses to which the product sends: for
the Graph API a module in `graph/takers.py`, else `ROUTES` of its own before the Graph's in
`app.py`, which end in `customers/receiving.py`. The phone page draws whatever is declared.
"""
