"""The only place that knows ClickHouse: client, topology, migrations, SQL."""
