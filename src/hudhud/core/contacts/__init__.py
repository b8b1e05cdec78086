"""Who is who: contacts of whom two turn out to be one (S3)."""
