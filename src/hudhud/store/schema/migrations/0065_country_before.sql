-- Whose numbering plan holds for phones that are written without a country's code; null: what
-- currency and time zone say (functions/context/countries.sql).
alter table merchant add column country text collate "C" check (country ~ '^[A-Z]{2}$');
