"""Stores: where a graph is kept and asked, behind one door."""
