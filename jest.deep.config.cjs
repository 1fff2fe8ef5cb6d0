const [unit] = require("./jest.config.cjs").projects;

/**
 * Real Terraform and the real AWS provider against an emulator: `npm run test:deep`. One file after the other, since each
 * starts its own servers and this is about Terraform's time, not ours.
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
  maxWorkers: 1,
};
