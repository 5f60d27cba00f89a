"""Generated gRPC code of the proto package `twitchbot`; its source lies in api/."""
