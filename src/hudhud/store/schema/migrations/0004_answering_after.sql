-- Nothing to take away: the first release.
select;
