"""Who learns a behaviour from whom: suggested, proposed, told, and what became of it."""
