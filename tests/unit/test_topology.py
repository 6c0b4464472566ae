"""DDL for an embedded store, a server and a cluster, from the same migrations."""

import pytest

from sessionary.errors import ConfigurationError
from sessionary.store.clickhouse.statements import names, statement
from sessionary.store.clickhouse.topology import Topology

DDL = """-- What it is for.
-- shard by: cityHash64(a)
CREATE TABLE ${table}
(
    a String
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY a
SETTINGS ${durable}"""


def test_single_server_has_the_table_as_written() -> None:
    """Embedded stores and single servers are the same."""
    embedded = Topology(is_embedded=True).statements("things", DDL)
    assert embedded == Topology(is_embedded=False).statements("things", DDL)
    assert embedded == [
        "-- What it is for.\n-- shard by: cityHash64(a)\nCREATE TABLE things\n(\n    a String\n)\n"
        "ENGINE = ReplacingMergeTree(version)\nORDER BY a\n"
        "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1"
    ]


def test_cluster_has_a_replicated_and_a_distributed_table() -> None:
    """With the sharding key of the migration."""
    local, distributed = Topology(is_embedded=False, cluster="main").statements("things", DDL)
    assert "CREATE TABLE things_local ON CLUSTER 'main'" in local
    assert (
        "ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', version)"
        in local
    )
    assert distributed == (
        "CREATE TABLE things ON CLUSTER 'main' AS things_local "
        "ENGINE = Distributed('main', currentDatabase(), 'things_local', cityHash64(a))"
    )


def test_alterations_of_a_cluster_start_with_local_tables() -> None:
    """For each table of the migration."""
    ddl = "-- alters: things, others\nALTER TABLE ${table} ADD COLUMN b String"
    altered = Topology(is_embedded=False, cluster="main").statements("things_b", ddl)
    assert [sql.partition(" TABLE ")[2].split(" ADD ")[0] for sql in altered] == [
        f"{table} ON CLUSTER 'main'"
        for table in ("things_local", "things", "others_local", "others")
    ]
    assert len(Topology(is_embedded=True).statements("things_b", ddl)) == 2


@pytest.mark.parametrize("name", names("migrations"))
def test_every_migration_renders_for_every_topology(name: str) -> None:
    """Without unfilled slots, and with a sharding key each."""
    table = name.partition("_")[2]
    for cluster in ("", "main"):
        topology = Topology(is_embedded=not cluster, cluster=cluster)
        for sql in topology.statements(table, statement(name).template):
            assert "${" not in sql


def test_cluster_name_cannot_contain_sql() -> None:
    """As it becomes part of DDL, it must be an identifier."""
    with pytest.raises(ConfigurationError, match="not a cluster's name"):
        Topology(is_embedded=False, cluster="x' OR")
