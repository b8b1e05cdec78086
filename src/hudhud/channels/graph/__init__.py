"""What all of Meta's channels share: the call, its refusals, the signature, conversations."""
