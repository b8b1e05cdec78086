-- Nothing to take away.
select;
