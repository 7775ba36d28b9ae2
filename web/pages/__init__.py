"""What stands on a page: typed values made from the records, one module per subject.

Templates only lay them out.
"""
