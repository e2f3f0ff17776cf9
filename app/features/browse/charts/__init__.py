"""What was found, in charts: ``summary`` (the cards above the table), ``charts``, ``histogram``."""
