"""Feedback: ``service`` (say, agree, answer), ``board`` (grouped and narrowed)."""
