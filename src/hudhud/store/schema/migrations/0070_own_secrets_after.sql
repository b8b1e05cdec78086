-- What signs for an inbox's own URL lies sealed with the inbox (0029). Who set it among an assistant's options by
-- hand had it in sight: it signs nothing any more, and stays nowhere.
update assistant set options = options - 'secrets' where responder = 'webhook' and options ? 'secrets';
update assistant set second_options = second_options - 'secrets'
    where second_responder = 'webhook' and second_options ? 'secrets';
update assistant_version set options = options - 'secrets' where responder = 'webhook' and options ? 'secrets';
update assistant_version set second_options = second_options - 'secrets'
    where second_responder = 'webhook' and second_options ? 'secrets';
