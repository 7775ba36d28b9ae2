"""What is cited, once for the whole corpus: similarity, clusters, links, network."""
