"""Questions to a graph: why it says something, whether that is true to the texts, what it missed, how good it is, what changed."""
