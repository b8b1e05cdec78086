"""Conversations that a merchant wrote down are played with a draft, and beside what answers now."""
