"""What every slice refers to: committee, officers, places, households, residents, standards, and imports."""
