-- Stock lies on variants alone.
drop trigger product_stock_followed on product;
drop function follow_stock();
alter table product drop column stock;
-- Only the newest `drop_old` knows this kind.
alter table drop_mark drop constraint drop_mark_kind_check,
    add check (kind in ('journal', 'delivery_status', 'message_key', 'tool_call'));
insert into drop_mark (kind) values ('tool_call');
