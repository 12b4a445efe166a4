"""Monthly filing 月度存证: a year's books, its months, their values and evidence, until they are filed."""
