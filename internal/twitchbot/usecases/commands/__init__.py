"""Chat commands: kept, and used from the API or from chat."""
