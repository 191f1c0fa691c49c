"""Readers: bytes of one format to a document whose blocks and inline marks know their offsets."""
