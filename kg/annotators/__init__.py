"""Annotators: a document to one more layer of marks; each is pure and says what it requires and provides."""
