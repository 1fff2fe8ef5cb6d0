import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { DestinationSettings } from "../../config/deployment";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { readResourcePolicy } from "../aws/function-policy";
import type { CheckedFunction } from "./checked-function";
import type { DeployedFunction, RoleFacts } from "./facts";
import { readFunction, readLogGroup } from "./gather-function";
import { readRole } from "./gather-role";

type Read<T> = (place: ConfirmedPool) => Promise<T>;

interface FunctionReaders {
  readonly deployed: Read<DeployedFunction | undefined>;
  readonly role: Read<RoleFacts | undefined>;
  readonly invokePolicy: Read<unknown>;
  readonly logGroup: Read<LogGroup | undefined>;
}

/** What AWS is asked of one function. */
export function functionReaders(fn: CheckedFunction, settings: DestinationSettings): FunctionReaders {
  const names = fn.namesOf(settings);
  return {
    deployed: ({ aws }) => readFunction(aws, names.function),
    role: ({ aws }) => readRole(aws, names.role),
    invokePolicy: (place) => readResourcePolicy(place, names.function),
    logGroup: ({ aws }) => readLogGroup(aws, names.logGroup),
  };
}
