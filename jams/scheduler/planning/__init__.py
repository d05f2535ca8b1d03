"""When jobs run by themselves: from their definitions to entries that stand in the schedule.

Each way in which a job runs by itself is a row with the next point that has no entry yet. A pass takes the
rows whose point lies before the horizon, makes their entries and moves them on: it costs what is due, not
what there is. A definition that changes names its job, whose rows are compared with what it says now.
"""
