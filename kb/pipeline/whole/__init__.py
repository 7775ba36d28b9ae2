"""What is made of the whole corpus, once its documents are there: a module a stage."""
