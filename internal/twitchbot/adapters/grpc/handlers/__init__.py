"""One class per service: decode, call the use case, encode. Requests arrive checked."""
