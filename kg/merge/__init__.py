"""Merging: what makes one node of several, decided over all documents at once, whatever their order."""
