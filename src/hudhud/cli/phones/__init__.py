"""The phones of the simulator, from the command line."""
