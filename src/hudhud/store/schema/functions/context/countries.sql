-- country_of: the country of a merchant, as two letters of ISO 3166: the one that was set, else the one whose
-- money is used, else the one whose clock is. Several countries pay in dollars; then the clock alone tells.
create or replace function country_of(p_country text, p_currency text, p_timezone text) returns text
language sql immutable as $$
    select coalesce(p_country,
        (jsonb '{"IQD": "IQ", "SAR": "SA", "AED": "AE", "KWD": "KW", "QAR": "QA", "BHD": "BH", "OMR": "OM", "JOD": "JO",
            "LBP": "LB", "SYP": "SY", "ILS": "PS", "YER": "YE", "EGP": "EG", "LYD": "LY", "TND": "TN", "DZD": "DZ",
            "MAD": "MA", "SDG": "SD", "TRY": "TR", "IRR": "IR", "MRU": "MR", "SOS": "SO", "DJF": "DJ"}') ->> p_currency,
        (jsonb '{"Asia/Baghdad": "IQ", "Asia/Riyadh": "SA", "Asia/Dubai": "AE", "Asia/Kuwait": "KW", "Asia/Qatar": "QA",
            "Asia/Bahrain": "BH", "Asia/Muscat": "OM", "Asia/Amman": "JO", "Asia/Beirut": "LB", "Asia/Damascus": "SY",
            "Asia/Gaza": "PS", "Asia/Hebron": "PS", "Asia/Aden": "YE", "Africa/Cairo": "EG", "Africa/Tripoli": "LY",
            "Africa/Tunis": "TN", "Africa/Algiers": "DZ", "Africa/Casablanca": "MA", "Africa/Khartoum": "SD",
            "Europe/Istanbul": "TR", "Asia/Tehran": "IR"}') ->> p_timezone, 'IQ')
$$;
