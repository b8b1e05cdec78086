"""An assistant is changed as a draft, rehearsed, and published; an older version may come back."""
