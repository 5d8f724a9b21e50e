"""What to read: one strict manifest per outlet, a registry over them, and tools to check and write manifests."""
