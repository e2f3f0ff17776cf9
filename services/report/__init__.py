"""What one leaves a session with, in several formats."""
