-- order_told: an order as it is told to its contact, to pages and to webhooks.
create or replace function order_told(o sales_order) returns jsonb language sql stable as $$
    select jsonb_build_object('id', o.id, 'number', o.number, 'state', o.state, 'currency', o.currency,
        'total_minor', o.total_minor, 'delivery_minor', o.delivery_minor, 'name', o.name, 'phone', o.phone,
        'address', o.address, 'note', o.note, 'reason', o.reason, 'placed_at', o.placed_at, 'lines', (
            select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name_ar', l.name_ar, 'name_en', l.name_en,
                'size', l.size, 'colour', l.colour, 'colour_en', l.colour_en, 'count', l.count,
                'price_minor', l.price_minor) order by l.place), '[]')
            from sales_line l where l.order_id = o.id))
$$;

-- lookup_orders: Turn.orders, the contact's newest, newest first, wherever they were placed.
create or replace function lookup_orders(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language sql stable as $$
    select k.id, x.orders from conversation k, lateral (
        select jsonb_agg(order_told(o.*::sales_order) order by o.id desc) as orders
        from (select * from sales_order s where s.contact_id = k.contact_id order by s.id desc limit 5) o) x
    where k.id = any (p_conversation) and x.orders is not null
$$;

-- place_order: stock is reserved and the order written. The caller holds the conversation, and the
-- variants by `hold_variants`, and has seen that there is enough. The merchant's count comes last:
-- every order of the merchant waits for it until this one is committed, and so none is left out.
create or replace function place_order(p_conversation bigint, p_order jsonb, p_variant bigint[], p_actor text)
returns jsonb language plpgsql as $$
declare
    made sales_order;
begin
    update variant v set reserved = v.reserved + u.many
    from (select x.id, sum((l.line ->> 'count')::integer) as many
          from unnest(p_variant) with ordinality x(id, o)
          join jsonb_array_elements(p_order -> 'lines') with ordinality l(line, o) using (o) group by x.id) u
    where v.id = u.id;
    insert into sales_order (merchant_id, number, contact_id, conversation_id, currency, total_minor,
        delivery_minor, name, phone, address, note)
    select k.merchant_id, next_number(k.merchant_id), k.contact_id, k.id, p_order ->> 'currency', (p_order ->> 'total_minor')::bigint,
        (p_order ->> 'delivery_minor')::bigint, p_order ->> 'name', p_order ->> 'phone', p_order ->> 'address', p_order ->> 'note'
    from conversation k where k.id = p_conversation returning * into made;
    insert into sales_line (order_id, place, merchant_id, variant_id, sku, name_ar, name_en, size, colour, colour_en, count, price_minor)
    select made.id, l.o, made.merchant_id, p_variant[l.o], l.line ->> 'sku', l.line ->> 'name_ar', l.line ->> 'name_en', l.line ->> 'size',
        l.line ->> 'colour', l.line ->> 'colour_en', (l.line ->> 'count')::integer, (l.line ->> 'price_minor')::bigint
    from jsonb_array_elements(p_order -> 'lines') with ordinality l(line, o);
    return note_order(made, p_actor);
end $$;

create or replace function next_number(p_merchant bigint) returns bigint language sql as $$
    insert into order_count as c (merchant_id, last_number) values (p_merchant, 1)
    on conflict (merchant_id) do update set last_number = c.last_number + 1 returning last_number
$$;

-- note_order: the step and the event of an order that came into its state just now; returns it as told.
-- With the merchant's count held, ids of a merchant's events are in the order of their commits (trap 9):
-- whoever reads them has not passed over one that comes later.
create or replace function note_order(o sales_order, p_actor text) returns jsonb language plpgsql as $$
declare
    told constant jsonb := order_told(o);
begin
    perform 1 from order_count c where c.merchant_id = o.merchant_id for no key update;
    insert into order_step (merchant_id, order_id, state, actor, reason) values (o.merchant_id, o.id, o.state, p_actor, o.reason);
    insert into order_event (merchant_id, order_id, kind, payload) values (o.merchant_id, o.id, 'order.' || o.state, told);
    return told;
end $$;

-- hold_variants: locked in the order of their ids, so that two orders never wait for each other in a circle
-- (trap 2). Conversation, order, variants, the catalogue's version, the merchant's count: in that order.
create or replace function hold_variants(p_variant bigint[]) returns void language plpgsql as $$
begin
    perform 1 from variant v where v.id = any (p_variant) order by v.id for no key update;
end $$;

-- move_order: a locked order comes into another state, and its stock with it: shipping takes it off
-- the shelf, cancelling gives it back. Whether it may is decided before (core/sales/states.py).
create or replace function move_order(p_order bigint, p_state text, p_actor text, p_reason text) returns jsonb
language plpgsql as $$
declare
    moved sales_order;
begin
    if p_state in ('shipped', 'cancelled') then
        perform hold_variants(array(select l.variant_id from sales_line l where l.order_id = p_order));
        -- A recount may have left less than was promised: what is not there cannot be taken off.
        update variant v set reserved = greatest(0, v.reserved - u.many),
            stock = case p_state when 'shipped' then greatest(0, v.stock - u.many) else v.stock end
        from (select l.variant_id, sum(l.count) as many from sales_line l where l.order_id = p_order group by 1) u
        where v.id = u.variant_id;
    end if;
    update sales_order o set state = p_state, reason = p_reason, changed_at = now()
    where o.id = p_order returning * into moved;
    return note_order(moved, p_actor);
end $$;
