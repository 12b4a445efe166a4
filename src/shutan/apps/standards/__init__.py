"""Rules and standards of the province: instruments from draft to repeal, and the self-assessment by DB51/T 2987."""
