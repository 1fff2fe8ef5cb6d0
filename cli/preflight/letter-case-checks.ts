import { nameOutlook } from "../pools/name-outlook";
import { isCaseSensitive, poolRules } from "../pools/pool-rules";
import { plural } from "../program/plural";
import { defineCheck, failed, passed, usersNotRead, warning } from "./check";

const CASE_PAGE = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html";

export const caseSetting = defineCheck({
  id: "case-setting",
  title: "DESTINATION_CASE_SENSITIVE is what the destination pool does",
  otherwise:
    "Users are refused who type their name in other letters than the source has, although the pool would take it.",
  source: CASE_PAGE,
  needs: ["destination"],
  decide: ({ destination, settings: { destinationCaseSensitive: said } }) =>
    isCaseSensitive(destination) === said
      ? passed(`DESTINATION_CASE_SENSITIVE says ${said}, as the destination does.`)
      : failed(
          `DESTINATION_CASE_SENSITIVE says ${said}, the destination ${!said}.`,
          `Set DESTINATION_CASE_SENSITIVE=${!said} and deploy the destination stack again.`,
        ),
});

export const letterCase = defineCheck({
  id: "letter-case",
  title: "Capital letters in names mean the same on both sides",
  otherwise: "Cognito hands the function lower-case names, which a case-sensitive source may not know.",
  source: CASE_PAGE,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings, scan }) => {
    const [here, there] = [isCaseSensitive(source), isCaseSensitive(destination)];
    const counts = scan?.names;
    if (here === there)
      return passed(here ? "Both user pools tell Name from name." : "Neither user pool tells Name from name.");
    const { names } = nameOutlook(poolRules(source, destination, settings));
    if (!names.some(({ kind, condition }) => condition !== undefined && kind !== "phone_number"))
      return passed("The names that work on both sides have no letters.");
    if (!here)
      return warning(
        "The destination tells Name from name, the source does not: every sign-in must be typed as the source has the name, in lower case.",
        "Use a case-insensitive destination pool; a pool cannot be changed.",
      );
    if (counts?.mixedCase === 0)
      return passed(`None of ${plural(counts.users, "user")} has a capital letter in a name that works on both sides.`);
    return warning(
      counts === undefined
        ? "The source tells Name from name, the destination does not."
        : `${counts.mixedCase} of ${plural(counts.users, "user")} ${counts.mixedCase === 1 ? "has" : "have"} a capital letter in a name; the source will not know them by that name in lower case.`,
      `Bring the names at the source into lower case.${counts === undefined ? " --scan-users counts them." : ""}`,
    );
  },
});

export const collisions = defineCheck({
  id: "case-collisions",
  title: "No two users of the source have names that differ in case alone",
  otherwise:
    "The first of them to sign in takes the name at a case-insensitive destination, and the other is locked out.",
  source: CASE_PAGE,
  needs: ["source", "destination"],
  decide: ({ source, destination, scan }) => {
    if (!isCaseSensitive(source))
      return passed("The source itself takes names that differ in case alone for one name.");
    if (isCaseSensitive(destination)) return passed("The destination tells names apart that differ in case alone.");
    if (scan?.names === undefined) return usersNotRead("whether names differ in case alone");
    if (scan.names.collisions === 0)
      return passed(`No names of ${plural(scan.users, "user")} of the source differ in case alone.`);
    return failed(
      `${plural(scan.names.collisions, "name")} ${scan.names.collisions === 1 ? "is" : "are"} used by more than one user of the source when case does not count.`,
      "Rename, merge or disable all but one of each at the source before they migrate.",
    );
  },
});
