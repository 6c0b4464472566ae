"""What hostile and heavy clients may do to a server with few descriptors: `make soak`."""
