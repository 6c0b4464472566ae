"""How the tables are laid out: in this process, on one server, or over a cluster.

The DDL is written once (sql/migrations); this renders it for the three.
"""

import re
from dataclasses import dataclass
from string import Template

from sessionary.errors import ConfigurationError

_CLUSTER_NAME = re.compile(r"^[A-Za-z0-9_.-]+$")
_SHARD_BY = re.compile(r"^-- shard by: (.+)$", re.MULTILINE)
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

    def create(self, name: str, ddl: str) -> list[str]:
        """The statements that create a table or a view from its migration."""
        # Other tables that it names: on a cluster, each node's own.
        ddl = _TABLE.sub(r"\1_local" if self.cluster else r"\1", ddl)
        if "CREATE MATERIALIZED VIEW" in ddl:
            return [self._create_view(name, ddl)]
        return self._create_table(name, ddl)

    def _create_view(self, view: str, ddl: str) -> str:
        """A view on every node, from that node's rows to that node's rows."""
        name = f"{view} ON CLUSTER '{self.cluster}'" if self.cluster else view
        return Template(ddl).substitute(table=name)

    def _create_table(self, table: str, ddl: str) -> list[str]:
        # An acknowledged span has to outlive a power cut where one process is all there is; a
        # cluster is durable by its replicas.
        durable = "fsync_after_insert = 1, fsync_part_directory = 1"
        if not self.cluster:
            body = _ENGINE.sub(r"\1(\2)", ddl)
            return [Template(body).substitute(table=table, durable=durable)]
        on_cluster = f"ON CLUSTER '{self.cluster}'"
        replicated = _ENGINE.sub(_replicated, ddl)
        local = f"{table}_local {on_cluster}"
        shard_by = _SHARD_BY.search(ddl)
        if shard_by is None:
            raise ConfigurationError(f"the migration of {table} says no sharding key")
        return [
            Template(replicated).substitute(table=local, durable=durable),
            f"CREATE TABLE {table} {on_cluster} AS {table}_local "
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
        return f"{table}_local ON CLUSTER '{self.cluster}'" if self.cluster else table


def _replicated(engine: re.Match[str]) -> str:
    name, arguments = engine.groups()
    path = "'/clickhouse/tables/{uuid}/{shard}', '{replica}'"
    return f"Replicated{name}({', '.join(filter(None, (path, arguments)))})"
