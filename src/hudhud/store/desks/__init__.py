"""Where people take over: desks and their members, when they are open, what they were given."""
