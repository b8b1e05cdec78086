"""What Instagram and Messenger share: events of a thread between an account and a person."""
