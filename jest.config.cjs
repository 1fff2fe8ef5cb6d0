const { availableParallelism } = require("node:os");

/** Two kinds of tests: `unit` may open no socket; `*.process.test.ts` run programs and servers on loopback. */
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build"],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.(process|deep)\\.test\\.ts$"],
      setupFilesAfterEnv: ["<rootDir>/__tests__/support/no-network.ts"],
    },
    {
      ...shared,
      displayName: "process",
      testMatch: ["<rootDir>/__tests__/**/*.process.test.ts"],
      setupFiles: ["<rootDir>/__tests__/support/quiet-sdk.ts"],
      globalSetup: "<rootDir>/__tests__/support/build.cjs",
    },
  ],
  testTimeout: 60_000,
  // Jest would leave one of two cores idle, and many tests only wait.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
