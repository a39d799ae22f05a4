"""Parts of sentences that several messages share; amounts, dates and progress first."""
