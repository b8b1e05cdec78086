"""The pages of one inbox: connected, checked, set."""
