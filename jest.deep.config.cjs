const [unit] = require("./jest.config.cjs").projects;

/**
 * Real Terraform and the real AWS provider against an emulator: `npm run test:deep`. Each file starts servers of its own, so
 * that two can run at a time.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  testEnvironment: "node",
  transform: unit.transform,
  modulePathIgnorePatterns: unit.modulePathIgnorePatterns,
  testMatch: ["<rootDir>/__tests__/**/*.deep.test.ts"],
  setupFiles: ["<rootDir>/__tests__/support/quiet-sdk.ts"],
  globalSetup: "<rootDir>/__tests__/support/build.cjs",
  testTimeout: 240_000,
  maxWorkers: 2,
};
