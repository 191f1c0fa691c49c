"""Engines: where documents are read: in this process, in several, on a cluster.

An engine is called with a function, the items to work on and a time limit in seconds, and yields `(item, result)` as they are done,
in any order; the result is an `InputError` where the work failed, died or ran out of time, and then the others go on.  On a cluster an
item is a partition of many documents, whose work keeps the limit itself; there `each` does the pieces of a merge too.
"""
