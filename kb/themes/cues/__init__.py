"""Which expressions of which theme stand in this text, and how do they stand there?"""
