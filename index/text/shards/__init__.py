"""Full text in several shards, each an index of its own."""
