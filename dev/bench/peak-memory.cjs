// Loaded before the measured program: writes down, at its end, how much memory it had at most, in kilobytes.
const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env["BENCH_PEAK_FILE"], String(process.resourceUsage().maxRSS)));
