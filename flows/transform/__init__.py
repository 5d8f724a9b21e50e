"""Runs dbt over the landed facts and turns its results into outcomes. What rows mean is decided in dbt_project/."""
