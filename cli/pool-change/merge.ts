import { isObject, type Json, type JsonObject, valueAt, withoutNulls } from "../aws/json";
import { APP_CLIENT_FIELDS, type Fields, USER_POOL_FIELDS } from "./fields";
import { withoutUnusedAccountValidity } from "./meaning";

export type TargetKind = "user-pool" | "app-client";

const OPERATIONS: Readonly<Record<TargetKind, { readonly fields: Fields; readonly update: string }>> = {
  "user-pool": { fields: USER_POOL_FIELDS, update: "UpdateUserPool" },
  "app-client": { fields: APP_CLIENT_FIELDS, update: "UpdateUserPoolClient" },
};

/**
 * Makes an update that changes nothing out of what describe returned. Change `described` first to change something.
 *
 * @param described Whole, as AWS sent it, without the client's secret.
 */
export function mergeUpdate(kind: TargetKind, described: JsonObject) {
  const { fields } = OPERATIONS[kind];
  const entries = Object.entries(withoutNulls(described));
  const problems = entries.filter(([name]) => !Object.hasOwn(fields, name)).map(([name]) => unknownSetting(name, kind));
  const request = Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const fate = fields[name];
      if (fate === "resend") return [[name, value]];
      return typeof fate === "object" ? [[fate.as, value]] : [];
    }),
  );
  if (kind === "app-client") return { request, problems };
  // What DescribeUserPool returns and UpdateUserPool refuses in that form; nothing of it is lost by leaving it out.
  const acceptable = withoutDefaultAcr(withoutAwsTags(withoutUnusedAccountValidity(request)));
  return { request: acceptable, problems: [...problems, ...contradictions(described)] };
}

/** @param path Such as `LambdaConfig.PostMigration`. */
export const unknownSetting = (path: string, kind: TargetKind): string =>
  `This version does not know ${path}. ${OPERATIONS[kind].update} would reset it to its default, so nothing is updated. ` +
  "Get a newer version of this program, or make the change in the AWS console.";

/**
 * Tags that begin with `aws:` are AWS's own: nobody else can set, change or remove them.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
function withoutAwsTags(request: JsonObject): JsonObject {
  const tags = request["UserPoolTags"];
  if (!isObject(tags)) return request;
  const own = Object.entries(tags).filter(([key]) => !key.toLowerCase().startsWith("aws:"));
  return { ...request, UserPoolTags: Object.fromEntries(own) };
}

/**
 * DescribeUserPool names every level, also of a pool whose plan does not let names be set. A level that is not given has its
 * default name.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
 */
function withoutDefaultAcr(request: JsonObject): JsonObject {
  const { AcrConfiguration: levels, ...rest } = request;
  const isDefault = (level: Json): boolean =>
    isObject(level) && Object.keys(level).length === 1 && /^urn:cognito:loa:[1-4]$/.test(String(level["AcrValue"]));
  return isObject(levels) && Object.values(levels).every(isDefault) ? rest : request;
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html */
function contradictions(described: JsonObject): string[] {
  const legacy = valueAt(described, ["LambdaConfig", "PreTokenGeneration"]);
  const current = valueAt(described, ["LambdaConfig", "PreTokenGenerationConfig", "LambdaArn"]);
  if (legacy === null || current === null || legacy === current) return [];
  return [
    `LambdaConfig.PreTokenGeneration is ${legacy}, and PreTokenGenerationConfig.LambdaArn is ${current}. ` +
      "Cognito refuses every update until both are the same: set that trigger again in the AWS console.",
  ];
}
