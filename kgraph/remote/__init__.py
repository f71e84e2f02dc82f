"""A graph on another machine, by SPARQL 1.1: Query, Update and the Graph Store Protocol.

Only the address that the user gives is asked: no redirect, no proxy and no address in the data is followed.
"""

from kgraph.remote.asking import fetch, load, query
from kgraph.remote.client import Credentials, Service
from kgraph.remote.pushing import push

__all__ = ["Credentials", "Service", "fetch", "load", "push", "query"]
