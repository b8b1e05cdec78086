"""Webhook endpoints as rows, and the events that they are told."""
