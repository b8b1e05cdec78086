-- Nothing to take away: it only adds.
select;
