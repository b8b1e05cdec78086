-- Look-ups by name (P1): only functions; the context of the release before stays until it is gone.
select;
