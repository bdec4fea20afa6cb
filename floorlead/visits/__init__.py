"""Who came or called, batch by batch, and what became of it; counts are of batches, never of heads."""
