"""What PostgreSQL does its own way: pools, JSON record sets, partitions, tsvector."""
