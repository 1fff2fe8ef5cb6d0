const [unit] = require("./jest.config.cjs").projects;

/**
 * The tests that Stryker runs against each mutant: those of handler/ and config/ that run in one process. The packaged
 * function is another one, which mutants do not reach.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  testEnvironment: "node",
  transform: unit.transform,
  testMatch: [
    "<rootDir>/__tests__/{config,handler}/*.test.ts",
    "<rootDir>/__tests__/handler/{main,source-user-pool,warm-agent}.process.test.ts",
  ],
  testPathIgnorePatterns: ["/(outcomes|faults)\\.process\\.test\\.ts$"],
  setupFiles: ["<rootDir>/__tests__/support/quiet-sdk.ts"],
  testTimeout: 60_000,
};
