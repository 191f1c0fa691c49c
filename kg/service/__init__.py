"""The HTTP face of a graph: the SPARQL 1.1 Protocol, its things as pages and RDF, and an API to look around in it.

One process speaks HTTP and holds no graph; killable ones hold the graph and speak to nobody else.  docs/decisions/service.md says why.
"""
