"""kb: a literature knowledge base on Dutch neighbourhood teams."""

__version__ = "0.7.0"
