"""Connections below HTTP routes: their number, protocol, memory and proxies."""
