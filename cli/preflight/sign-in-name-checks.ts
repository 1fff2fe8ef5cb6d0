import { aliasSetting } from "./alias-setting-check";
import { inTheme } from "./check";
import { caseSetting, collisions, letterCase } from "./letter-case-checks";
import { names } from "./names-check";
import { sharedAddresses } from "./shared-addresses-check";

export const SIGN_IN_NAME_CHECKS = inTheme("Sign-in names", [
  names,
  aliasSetting,
  caseSetting,
  letterCase,
  collisions,
  sharedAddresses,
]);
