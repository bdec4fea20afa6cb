"""The subcommands, grouped as people look for them; what each needs is imported when it runs."""
