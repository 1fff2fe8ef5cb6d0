// For tests that start programs: a busy machine takes its time.
jest.setTimeout(240_000);
