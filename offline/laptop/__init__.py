"""The program that the archive's start scripts run: standard library only, as no wheel is installed yet."""
