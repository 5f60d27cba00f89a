"""Domain to protobuf and back, one file per noun.

Nothing that is stored fails to convert: counts beyond 32 bits become the largest number there is.
"""
