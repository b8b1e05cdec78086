"""When somebody is open: `opening` reckons, `saying` says it, `typed` reads what people type."""
