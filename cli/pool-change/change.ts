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

/** What speaks against changes, and what the operator should know of them. */
export interface Objections {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export interface UpdateDecision extends Objections {
  /** In this order. A change whose value is there already is left out later. */
  readonly changes: readonly Change[];
}

export const problem = (text: string): Objections => ({ problems: [text], warnings: [] });
export const warning = (text: string): Objections => ({ problems: [], warnings: [text] });

export const together = (all: readonly Objections[]): Objections => ({
  problems: all.flatMap(({ problems }) => problems),
  warnings: all.flatMap(({ warnings }) => warnings),
});

export const FLOWS_PATH: readonly string[] = ["ExplicitAuthFlows"];

/** The changes of each target, in the order in which the targets come. */
export function byTarget(changes: readonly Change[]): readonly (readonly [Target, readonly Change[]])[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.target.kind} ${change.target.id}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((group) => [(group[0] as Change).target, group]);
}

export function userPoolTarget(userPool: JsonObject): Target {
  return { kind: "user-pool", id: String(userPool["Id"]), name: String(userPool["Name"] ?? "") };
}

export function appClientTarget(client: JsonObject): Target {
  return { kind: "app-client", id: String(client["ClientId"]), name: String(client["ClientName"] ?? "") };
}

export function targetText({ kind, id, name }: Target): string {
  return `${kind === "user-pool" ? "user pool" : "app client"} ${visible(id)}${name === "" ? "" : ` (${visible(name)})`}`;
}
