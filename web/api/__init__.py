"""The JSON API: read-only, versioned.

Its description is generated from the types here.
"""
