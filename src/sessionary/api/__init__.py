"""The edge of the process: OTLP receivers and the HTTP API. Routes translate, nothing else."""
