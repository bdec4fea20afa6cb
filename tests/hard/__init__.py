"""Campaigns: hundreds of kills, injections, damaged files, forgeries, each by one command with a seed and a count.

A campaign is a file here: `attempt(dice, folder)` makes one attack in an empty folder and answers what came of it in a
word or two, BAD names the answers that must not be. `python -m tests.hard.NAME --seed 1 --count 1000` prints how often
each came (`tests.hard.campaign.main`); the suite runs a few fixed ones (`tests.hard.campaign.sample`).
"""
