"""Where analyses are computed: facts and panels in memory, threads and processes."""
