"""Message templates: those that the simulated WhatsApp approved, and what it does with them."""
