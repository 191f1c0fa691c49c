"""Extractors: a document with its layers to facts and refusals, one file a kind of fact."""
