"""The gRPC side: calls come in as protobuf, use cases answer, failures leave as rich statuses."""
