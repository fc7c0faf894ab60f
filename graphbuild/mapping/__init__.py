"""Write the fused records as N-Triples lines: one module per kind of entity."""
