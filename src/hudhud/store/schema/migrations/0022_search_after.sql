-- What the last release searched with.
drop function if exists product_scores(bigint, text[], integer[], integer);
drop function if exists faq_scores(bigint, text[], integer[], integer);
drop function if exists catalogue_scores(bigint[], text[], text[], integer[]);
drop function if exists catalogue_score(text, text[], integer[]);
drop index product_folded, product_words, faq_folded, faq_words;
