/** Where settings stand that nobody has named a file for. */
export const DEFAULT_FILE = ".env";

/** What a new one is copied from. */
export const EXAMPLE_FILE = ".env.example";
