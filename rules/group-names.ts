import * as v from "valibot";
import { namesOf, pairsOf } from "./attribute-names";

/** In GROUPS: every group of the source. It is a name that a group could have, too, which can then not be named alone. */
export const EVERY_GROUP = "*";

/** Source group name to destination group name. */
export type GroupMap = ReadonlyMap<string, string>;

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html, "GroupName". */
const GROUP_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** Part of it, asked first: to compile all letters of the world takes a cold start a millisecond. */
const ASCII_GROUP_NAME = /^[!-~]{1,128}$/;

export const isGroupName = (name: string): boolean =>
  ASCII_GROUP_NAME.test(name) || (name.length <= 128 && GROUP_NAME.test(name));

/** Each of them once: `a,b`, or `["a","b"]`. */
export const groupList = v.pipe(
  v.string(),
  v.transform((text): readonly string[] => namesOf(text) ?? []),
  v.check((names) => names.length > 0 && names.every(isGroupName) && new Set(names).size === names.length),
);

/** Likewise, and none where nothing is said. */
export const groupListOrNone = v.pipe(
  v.undefinedable(groupList),
  v.transform((names): readonly string[] => names ?? []),
);

/** `old=new,legacy=new`, or the same as a JSON object. Two groups of the source may become one, and none becomes two. */
const groupMap = v.pipe(
  v.string(),
  v.transform((text) => pairsOf(text) ?? []),
  v.check(
    (pairs) =>
      pairs.length > 0 &&
      pairs.flat().every((name) => isGroupName(name) && name !== EVERY_GROUP) &&
      new Set(pairs.map(([source]) => source)).size === pairs.length,
  ),
  v.transform((pairs): GroupMap => new Map(pairs)),
);

/** Likewise, and an empty map where nothing is said. */
export const groupMapOrNone = v.pipe(
  v.undefinedable(groupMap),
  v.transform((map): GroupMap => map ?? new Map()),
);
