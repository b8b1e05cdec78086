-- An import is written a few products at a time: orders wait for a step of it, and whoever goes on knows what is in.
alter table product_import_row add column written boolean not null default false;
