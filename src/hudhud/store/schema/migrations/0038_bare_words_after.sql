-- Nothing to take away: what is folded anew stays.
select;
