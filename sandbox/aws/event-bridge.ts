import { randomUUID } from "node:crypto";
import { partitionOf } from "../../rules/partitions";
import type { Faults } from "./faults";
import { jsonOf } from "./json-of";
import { type Asked, jsonService } from "./json-service";
import type { Guard } from "./signed-service";
import { AwsException } from "./user-pool/exception";
import type { Body } from "./user-pool/input";

/** An event as an event bus has it. https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html */
export interface BusEvent {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly eventBusArn: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources: readonly string[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
}

type Caller = Pick<BusEvent, "account" | "region">;

const MAX_ENTRIES = 10;

/**
 * EventBridge, as far as events are put on a bus, whatever its name. Nothing happens to them there.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 *
 * @param keep Is told each event that was taken.
 */
export const eventBridgeService = (guard: Guard, faults: Faults, keep: (event: BusEvent) => void) =>
  jsonService<Caller>(guard, {
    prefix: "events",
    contextOf: (account, region) => ({ account, region }),
    resourceOf: (_, caller, body) => entriesIn(body).map((entry) => askedOf(entry, caller)),
    operations: {
      PutEvents: (caller, body) => {
        faults.check("PutEvents");
        const answers = entriesIn(body).map((entry) => put(entry, caller, keep));
        return { FailedEntryCount: answers.filter((one) => "ErrorCode" in one).length, Entries: answers };
      },
    },
  });

function entriesIn(body: Body): readonly Entry[] {
  const { Entries } = body as { Entries?: readonly Entry[] };
  if (Array.isArray(Entries) && Entries.length > 0 && Entries.length <= MAX_ENTRIES) return Entries;
  throw new AwsException("ValidationException", `Entries must have 1 to ${MAX_ENTRIES} members`);
}

/** By its name or its ARN, or the account's own. */
function busOf({ EventBusName: bus = "default" }: Entry, { account, region }: Caller): string {
  return bus.startsWith("arn:") ? bus : `arn:${partitionOf(region).name}:events:${region}:${account}:event-bus/${bus}`;
}

/** Both are keys of several values. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
function askedOf(entry: Entry, caller: Caller): Asked {
  const { Source, DetailType } = entry;
  return {
    resource: busOf(entry, caller),
    context: {
      ...(Source === undefined ? {} : { "events:source": [Source] }),
      ...(DetailType === undefined ? {} : { "events:detail-type": [DetailType] }),
    },
  };
}

/** An entry that is no event fails alone. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
function put(entry: Entry, caller: Caller, keep: (event: BusEvent) => void): object {
  const { Source: source, DetailType: detailType, Detail: text, Resources: resources = [] } = entry;
  const missing = [source, detailType, text].some((value) => value === undefined || value === "");
  if (missing || source === undefined || detailType === undefined)
    return { ErrorCode: "InvalidArgument", ErrorMessage: "Source, DetailType and Detail are required." };
  const detail = jsonOf(text ?? "");
  if (typeof detail !== "object" || detail === null || Array.isArray(detail))
    return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const id = randomUUID();
  const event = { id, ...caller, eventBusArn: busOf(entry, caller), source, detailType, resources };
  keep({ ...event, detail: detail as BusEvent["detail"] });
  return { EventId: id };
}
