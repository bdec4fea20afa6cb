"""What has to be done, by whom and by which day; what is not done goes along to the next day by itself."""
