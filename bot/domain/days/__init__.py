"""Days as reps live them: local dates, workdays, periods, time zones, public holidays, time off."""
