-- Folded texts of the catalogue carry no articles any more, as the words of an asking carry none: «بالفستق»
-- is «فستق», whole. The words that only begin like an article are those of text/folding.py.
update product set folded = regexp_replace(folded,
    '(^|\s)(?!(الوان|الماس|البوم|والدت)(ها|هم|كم|نا|ه|ي|و)?(\s|$))[وف]?([بك]?ال|لل)(?=\S{3})', '\1', 'g');
update faq set folded = regexp_replace(folded,
    '(^|\s)(?!(الوان|الماس|البوم|والدت)(ها|هم|كم|نا|ه|ي|و)?(\s|$))[وف]?([بك]?ال|لل)(?=\S{3})', '\1', 'g');
