"""What is searched? The lexicon, the forward index and the columns of a collection, and how they are built."""
