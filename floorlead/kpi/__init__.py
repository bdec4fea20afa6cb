"""The month's figures: counts under chosen definitions, always as n/d."""
