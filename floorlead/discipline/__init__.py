"""Breaches of the floor's discipline: points for the person responsible at that minute."""
