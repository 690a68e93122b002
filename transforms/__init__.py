"""Values in, values out: bytes of one report become cells, residuals and facts, with no disk, network or clock."""
