"""What is searched, and how is it built?

The lexicon, the forward index and the columns of a collection.
"""
