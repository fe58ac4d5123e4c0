"""From a provider list's rows to programs, their credentials and the jobs they lead to.

`link_programs` takes every list, the starter's and an official one, through the same checks.
"""

from taxonomy.linking.link import link_programs

__all__ = ["link_programs"]
