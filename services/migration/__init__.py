"""What is stored under an older model, and what can be done about it when somebody asks for it."""
