-- What an assistant may do besides talking, by the names of the calls; null allows all of them.
alter table assistant add column tools text[];
