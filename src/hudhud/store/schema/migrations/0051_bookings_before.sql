-- The turn of one contact sees no appointment of another (S1).
create policy by_contact on booking as restrictive
    using ((select turn_contact()) is null or contact_id = (select turn_contact()));
