const { projects } = require("./jest.config.cjs");

const { displayName: _, ...mutation } = projects.find(({ displayName }) => displayName === "mutation");

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
module.exports = {
  // Not index.ts, which runs only in the packaged functions, other processes; not the stand-ins for code that is never called.
  mutate: ["handler/**/*.ts", "config/*.ts", "rules/*.ts", "!handler/**/index.ts", "!handler/aws/no-*.ts"],
  testRunner: "jest",
  // Stryker runs no project of several: it is given what this one has.
  jest: { configFile: "jest.config.cjs", config: { ...mutation, projects: [] } },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  ignorePatterns: ["build", "dist", "cdktf.out", "docs", "examples"],
  tempDirName: "build/stryker",
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: "build/mutation.json" },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  timeoutMS: 20_000,
};
