"""Who works when and who answers for the desk: shifts, slots, substitutions, leave, outings, training, turns."""
