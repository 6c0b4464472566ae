"""The `sessionary` command: one file a command, all but `serve` and `version` over the HTTP API."""
