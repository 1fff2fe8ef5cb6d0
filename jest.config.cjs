const { availableParallelism } = require("node:os");

/** What every kind of test shares. */
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

/** Tests that run programs and servers on loopback. Those of the operator's commands are in jest.commands.config.cjs. */
const processes = {
  ...shared,
  displayName: "process",
  testMatch: ["<rootDir>/__tests__/**/*.process.test.ts"],
  testPathIgnorePatterns: [
    "<rootDir>/__tests__/(bin|cli)/",
    "<rootDir>/__tests__/sandbox/(demo/(full-demo|sandbox)|accounts/own-pools/(stories|page))\\.",
  ],
  setupFiles: ["<rootDir>/__tests__/support/quiet-sdk.ts"],
  globalSetup: "<rootDir>/__tests__/support/build.cjs",
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.(process|deep|truth)\\.test\\.ts$"],
      // Opening a socket is an error.
      setupFilesAfterEnv: ["<rootDir>/__tests__/support/no-network.ts"],
    },
    processes,
  ],
  testTimeout: 60_000,
  // Jest would leave one of two cores idle, and many tests only wait.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
