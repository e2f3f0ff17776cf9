"""The demo's own tools: scenarios to begin with, pictures to show."""
