"""Pages of reporting: each says who may, calls one action or query, and renders."""
