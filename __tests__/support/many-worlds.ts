/** Minutes: what a rule about names is held against. */
process.env["NAMES_RUNS"] ??= "100000";
process.env["PROPERTY_RUNS"] ??= "10000";
