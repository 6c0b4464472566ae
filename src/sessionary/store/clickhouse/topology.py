"""How the tables are laid out: in this process, on one server, or over a cluster.

The DDL is written once (sql/migrations); this renders it for the three.
"""

import re
from dataclasses import dataclass
from string import Template

from sessionary.errors import ConfigurationError

_CLUSTER_NAME = re.compile(r"^[A-Za-z0-9_.-]+$")
_SHARD_BY = re.compile(r"^-- shard by: (.+)$", re.MULTILINE)
_ALTERS = re.compile(r"^-- alters: (.+)$", re.MULTILINE)
_ENGINE = re.compile(r"\$\{engine:(\w+)\(([^)]*)\)\}")
_TABLE = re.compile(r"\$\{(?:source|target):(\w+)\}")


@dataclass(frozen=True, slots=True)
class Topology:
    """`cluster` is the name of a ClickHouse cluster, empty where there is none."""

    is_embedded: bool
    cluster: str = ""

    def __post_init__(self) -> None:
        if self.cluster and not _CLUSTER_NAME.match(self.cluster):
            raise ConfigurationError(
                f"cluster={self.cluster!r} is not a cluster's name: letters, digits, _ . - only"
            )

    def statements(self, name: str, ddl: str) -> list[str]:
        """The statements that create a table or a view, or alter some, from their migration."""
        altered = _ALTERS.search(ddl)
        if altered:
            tables = altered.group(1).split(", ")
            return [sql for table in tables for sql in self._alter_table(table, ddl)]
        # Other tables that it names: on a cluster, each node's own.
        ddl = _TABLE.sub(r"\1_local" if self.cluster else r"\1", ddl)
        if "CREATE MATERIALIZED VIEW" in ddl:
            return [self._create_view(name, ddl)]
        return self._create_table(name, ddl)

    def _alter_table(self, table: str, ddl: str) -> list[str]:
        """On a cluster, each node's own first: what goes over them asks for what they have."""
        changed = (f"{table}_local", table) if self.cluster else (table,)
        return [Template(ddl).substitute(table=self._on_nodes(name)) for name in changed]

    def _create_view(self, view: str, ddl: str) -> str:
        """A view on every node, from that node's rows to that node's rows."""
        return Template(ddl).substitute(table=self._on_nodes(view))

    def _create_table(self, table: str, ddl: str) -> list[str]:
        # An acknowledged span has to outlive a power cut where one process is all there is; a
        # cluster is durable by its replicas.
        durable = "fsync_after_insert = 1, fsync_part_directory = 1"
        if not self.cluster:
            body = _ENGINE.sub(r"\1(\2)", ddl)
            return [Template(body).substitute(table=table, durable=durable)]
        replicated = _ENGINE.sub(_replicated, ddl)
        local = self._on_nodes(f"{table}_local")
        shard_by = _SHARD_BY.search(ddl)
        if shard_by is None:
            raise ConfigurationError(f"the migration of {table} says no sharding key")
        return [
            Template(replicated).substitute(table=local, durable=durable),
            f"CREATE TABLE {self._on_nodes(table)} AS {table}_local "
            f"ENGINE = Distributed('{self.cluster}', currentDatabase(), '{table}_local', "
            f"{shard_by.group(1)})",
        ]

    @property
    def name(self) -> str:
        """`embedded`, `server` or `cluster`."""
        if self.cluster:
            return "cluster"
        return "embedded" if self.is_embedded else "server"

    def system_table(self, table: str) -> str:
        """One of ClickHouse's own tables, of one replica of every shard."""
        known = f"system.{table}"
        return f"cluster('{self.cluster}', {known})" if self.cluster else known

    def changed_table(self, table: str) -> str:
        """The table that mutations are sent to."""
        return self._on_nodes(f"{table}_local") if self.cluster else table

    def _on_nodes(self, name: str) -> str:
        return f"{name} ON CLUSTER '{self.cluster}'" if self.cluster else name


def _replicated(engine: re.Match[str]) -> str:
    name, arguments = engine.groups()
    path = "'/clickhouse/tables/{uuid}/{shard}', '{replica}'"
    return f"Replicated{name}({', '.join(filter(None, (path, arguments)))})"
