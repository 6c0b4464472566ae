"""The server against unmodified clients of orq's API, each in an environment of its own."""
