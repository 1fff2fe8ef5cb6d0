import type { CommandEntry } from "./program/command";

/** Every command, in the order in which a migration needs them. What a command does is loaded when it is asked for. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "simulate",
    summary: "Forecast the migration on paper: how many users by when, cost, quotas",
    load: async () => (await import("./simulate/command")).simulateCommand,
  },
  {
    name: "preflight",
    summary: "Check everything that can make a migration fail",
    load: async () => (await import("./preflight/command")).preflightCommand,
  },
  {
    name: "try",
    summary: "Sign users in at the source through the function, and create nobody",
    load: async () => (await import("./try/command")).tryCommand,
  },
  {
    name: "attach",
    summary: "Put the trigger on the destination pool, and let app clients send passwords",
    load: async () => (await import("./attach/command")).attachCommand,
  },
  {
    name: "detach",
    summary: "Stop the migration: take the trigger off the destination pool",
    load: async () => (await import("./detach/command")).detachCommand,
  },
  {
    name: "status",
    summary: "Show who has migrated, who is left, who is stuck and whom Cognito refuses",
    load: async () => (await import("./status/command")).statusCommand,
  },
  {
    name: "explain",
    summary: "Say why one person cannot sign in, and what to do",
    load: async () => (await import("./explain/command")).explainCommand,
  },
  {
    name: "import",
    summary: "Import the users who have not migrated",
    load: async () => (await import("./import/command")).importCommand,
  },
  {
    name: "groups",
    summary: "Restore the source's groups for the users whom this migration has brought over",
    load: async () => (await import("./groups/command")).groupsCommand,
  },
  {
    name: "idmap",
    summary: "Write which user of the source became which user of the destination",
    load: async () => (await import("./idmap/command")).idmapCommand,
  },
  {
    name: "cut-over",
    summary: "End the migration: SRP on, password flow and trigger off",
    load: async () => (await import("./cut-over/command")).cutOverCommand,
  },
  {
    name: "undo",
    positionals: "[id]",
    summary: "Take back what attach, detach or cut-over changed last",
    load: async () => (await import("./undo/command")).undoCommand,
  },
];
