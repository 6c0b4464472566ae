"""The ClickHouse connection: pool, topology, migrations, statements."""
