"""Joint review 联审: state, province and city look through what enterprises filed; what they ask, find and decide."""
