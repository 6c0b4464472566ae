"""Message texts: the search index, and the messages of spans."""
