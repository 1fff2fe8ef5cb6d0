import { aliasSetting } from "./alias-setting-check";
import type { Check } from "./check";
import { caseSetting, collisions, letterCase } from "./letter-case-checks";
import { names } from "./names-check";
import { sharedAddresses } from "./shared-addresses-check";

export const SIGN_IN_NAME_CHECKS: readonly Check[] = [
  names,
  aliasSetting,
  caseSetting,
  letterCase,
  collisions,
  sharedAddresses,
];
