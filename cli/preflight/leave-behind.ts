import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { listText, mapText } from "../../rules/attribute-names";
import { isOwnedByCognito } from "../../rules/attribute-rules";
import { listed } from "./check";
import { type AttributeRules, attributeNamed } from "./schema";

/** A setting as `.env` takes it, whatever is in the names. https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow */
export function settingText(name: string, value: string): string {
  const quote = /^[\w:,=.-]+$/.test(value) ? "" : (["'", "`"].find((one) => !value.includes(one)) ?? "");
  return `${name}=${quote}${value}${quote}`;
}

/**
 * How to leave attributes of the source behind that arrive, or would take a place that is not theirs, with all that the settings
 * say already, so that the settings and a plan take it: ../../rules/named-attributes.ts.
 *
 * @returns the end of a sentence; undefined when there are none.
 */
export function toLeaveBehind(
  names: readonly string[],
  { attributeExclude, attributeMap }: AttributeRules,
  destination: UserPoolType,
): string | undefined {
  const hasPlace = (name: string): boolean =>
    !isOwnedByCognito(name) && attributeNamed(destination, name) !== undefined;
  const added = names.filter((name) => hasPlace(name) && !attributeExclude.includes(name));
  const exclude = [...new Set([...attributeExclude, ...added])];
  const map = new Map([...attributeMap].filter(([name]) => !names.includes(name)));
  const setMap = map.size === 0 ? "take ATTRIBUTE_MAP away" : `set ${settingText("ATTRIBUTE_MAP", mapText(map))}`;
  const steps = [
    map.size < attributeMap.size && setMap,
    added.length > 0 && `set ${settingText("ATTRIBUTE_EXCLUDE", listText(exclude))}`,
  ].filter((one) => one !== false);
  return steps.length === 0 ? undefined : `leave ${names.length === 1 ? "it" : "them"} behind: ${listed(steps)}`;
}
