"""Reading what people hand over: files, folders, JSON lines, WARC files, addresses."""
