"""Which rows make one block, and of which kind? Rows of the whole document → drafts of blocks."""
