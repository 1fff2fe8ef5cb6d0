import type { UserMigrationEvent } from "../../../rules/migrate-user";

/**
 * The event, as far as it is used, whatever else is in it: AWS adds fields.
 *
 * @returns undefined when it is not of this trigger's shape.
 */
export function parseEvent(event: unknown): UserMigrationEvent | undefined {
  if (!isRecord(event)) return undefined;
  const { triggerSource, userPoolId, userName, request } = event;
  if (typeof triggerSource !== "string" || typeof userPoolId !== "string" || typeof userName !== "string")
    return undefined;
  if (!isRecord(request)) return undefined;
  const { password } = request;
  return { triggerSource, userPoolId, userName, password: typeof password === "string" ? password : undefined };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
