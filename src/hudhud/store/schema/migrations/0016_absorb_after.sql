-- Nothing asks for what is due without asking whose any more.
drop index conversation_due;
