"""From captures to facts, without network: parse, extract, resolve, compare, search."""
