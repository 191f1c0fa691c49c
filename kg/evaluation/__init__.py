"""How right the extraction is: what a document's graph says, held against what careful readers wrote down (gold)."""
