/** Stands in for @smithy/core/retry in the bundle (build.mjs): whether something is sent again is decided in retry.ts, and the SDK sends once. */
export const resolveRetryConfig = <Config>(config: Config): Config => config;

/** Only its place in the stack is needed: the SDK signs behind it. https://github.com/smithy-lang/smithy-typescript */
export const getRetryPlugin = () => ({
  applyToStack: (stack: { add(middleware: (next: unknown) => unknown, options: object): void }) =>
    stack.add((next) => next, { name: "retryMiddleware", step: "finalizeRequest", priority: "high" }),
});

// The clients are given both settings (client-settings.ts), so neither a default nor where the SDK would look for them is used.
export const DEFAULT_MAX_ATTEMPTS = 1;
export const DEFAULT_RETRY_MODE = "standard";
export const NODE_MAX_ATTEMPT_CONFIG_OPTIONS = {};
export const NODE_RETRY_MODE_CONFIG_OPTIONS = {};
export const RETRY_MODES = {};
