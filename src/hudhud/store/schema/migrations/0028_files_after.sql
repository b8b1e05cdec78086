-- Claimed without a name; the release before this one did so.
drop function if exists claim_media(double precision, integer);
