"""A Jupyter kernel for Siam: `client` talks to `siam --protocol json`, `cell` turns what it says into Jupyter's messages, `kernel` joins both."""

__version__ = "0.1"
