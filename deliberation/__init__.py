"""The procedure: categories, rules, tallies, rulings, rounds and the record. Pure: no I/O, no clock, no Discord."""
