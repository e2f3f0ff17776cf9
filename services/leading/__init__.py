"""Who shows the others around, where that is just now, and who goes along."""
