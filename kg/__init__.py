"""paperkg: a knowledge graph of papers, read from the reviews that people write about them."""
