"""In which order? BM25F over concepts and what else says that a passage answers."""
