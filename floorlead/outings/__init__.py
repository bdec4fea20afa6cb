"""Outings and roadshows: place, days, people wanted, who is free to go, when plan and review are due."""
