"""Charts: a view of the evidence in, a `Figure` out; one module a kind."""
