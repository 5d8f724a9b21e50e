"""From candidates to pages: one polite, bounded and guarded HTTP client. Knows nothing of articles or databases."""
