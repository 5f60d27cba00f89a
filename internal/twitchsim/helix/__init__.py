"""The Helix API: who may ask, what it costs, and the answers."""
