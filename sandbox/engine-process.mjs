// One cognito-local process. It ends with the process that started it, however that one ends.
process.on("disconnect", () => process.exit());
await import("cognito-local/lib/bin/start.js");
