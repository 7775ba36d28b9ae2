"""What is asked? From the text typed to a plan.

A query tree, concepts to rank by, filters, and the question said back.
"""
