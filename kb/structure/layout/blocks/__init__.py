"""Which rows make one block.

And of which kind? Rows of the whole document → drafts of blocks.
"""
