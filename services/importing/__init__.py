"""Assets from files: what a file's rows mean, what they would change, and doing it, undoably."""
