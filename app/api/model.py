"""What goes over the wire."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """The base of every body and reply.

    Its validator is made when something is first read by it: most of them only describe replies, and a start need not
    wait for them.
    """

    model_config = ConfigDict(defer_build=True)


class Options(BaseModel):
    """The base of what stands behind the question mark of an address; the framework reads it, and knows no later.

    Made with the operation: made at the first request, its validator would warn, into the log, of the name that the
    framework gives it.
    """

    model_config = ConfigDict(extra="forbid", defer_build=False)
