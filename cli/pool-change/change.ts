import { visible } from "../../config/visible";
import type { Json, JsonObject } from "../aws/json";
import type { TargetKind } from "./merge";

/** What is updated: the user pool, or one of its app clients. */
export interface Target {
  readonly kind: TargetKind;
  /** Of the user pool, or of the app client. */
  readonly id: string;
  readonly name: string;
}

/** One setting of a user pool or app client. */
export interface Change {
  readonly target: Target;
  readonly path: readonly string[];
  /** null: not there. */
  readonly before: Json;
  readonly after: Json;
}

/** A user pool and those of its app clients that matter, as AWS described them. */
export interface Snapshot {
  readonly userPool: JsonObject;
  /** In the order in which they were asked for. */
  readonly clients: readonly JsonObject[];
}

export const TRIGGER_PATH: readonly string[] = ["LambdaConfig", "UserMigration"];
export const FLOWS_PATH: readonly string[] = ["ExplicitAuthFlows"];

export function userPoolTarget(userPool: JsonObject): Target {
  return { kind: "user-pool", id: String(userPool["Id"]), name: String(userPool["Name"] ?? "") };
}

export function appClientTarget(client: JsonObject): Target {
  return { kind: "app-client", id: String(client["ClientId"]), name: String(client["ClientName"] ?? "") };
}

export function targetText({ kind, id, name }: Target): string {
  return `${kind === "user-pool" ? "user pool" : "app client"} ${visible(id)}${name === "" ? "" : ` (${visible(name)})`}`;
}
