// Mutation testing of what decides: `npm run test:mutation`. Not a part of `npm test`, because it takes a while.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    "handler/*.ts",
    "config/*.ts",
    // Runs only inside the packaged function, which is another process.
    "!handler/index.ts",
    // Stand-ins for code that is never called.
    "!handler/no-*.ts",
  ],
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.cjs" },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  ignorePatterns: ["build", "cdktf.out", "docs", "examples"],
  tempDirName: "build/stryker",
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: "build/mutation.json" },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  timeoutMS: 20_000,
};
