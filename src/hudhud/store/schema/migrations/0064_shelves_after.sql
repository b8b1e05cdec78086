-- Each part has its own number now (0063).
drop table catalogue_version;
