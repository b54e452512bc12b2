"""The long versions of the tests of saves: bounded, seeded, and printing what they did (`make torture`)."""
