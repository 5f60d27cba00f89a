"""What the use cases need from outside, in domain terms; adapters implement these protocols."""
