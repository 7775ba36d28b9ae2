"""Sources from elsewhere: records and files of repositories, files of object storage.

Nothing here makes a request unless a user asks for it by `kb fetch`.
"""
