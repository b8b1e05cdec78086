-- What delivery costs in a city or governorate, each [{"names": ["بغداد", "Baghdad"], "price_minor": 3000}]; elsewhere
-- the price of the row, and where that is null the shop agrees it with the contact.
alter table delivery_price add column places jsonb not null default '[]';
alter table delivery_price alter column price_minor drop not null;
