import { describeAwsError, isDenied } from "../aws/explain-aws-error";
import type { SideName } from "../aws/side";
import { FACT_SOURCES, type Fact, type FactName, type FactValues } from "./facts";

const unknown = (reason: string, remedy: string): Fact<never> => ({ known: false, reason, remedy });

/** A fact cannot be had, although AWS refused nothing. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";

  constructor(
    reason: string,
    readonly remedy: string,
  ) {
    super(reason);
  }
}

/** Asks AWS for one fact. What cannot be had becomes a reason to skip the checks that need it; a bug is thrown. */
export async function gatherFact<Name extends FactName>(
  name: Name,
  read: () => Promise<FactValues[Name]>,
): Promise<Fact<FactValues[Name]>> {
  try {
    return { known: true, value: await read() };
  } catch (error) {
    if (error instanceof Unavailable) return unknown(error.message, error.remedy);
    const explanation = describeAwsError(error);
    if (explanation === undefined) throw error;
    return unknown(
      explanation.found,
      isDenied(error)
        ? `Use credentials that may ${FACT_SOURCES[name].permissions.join(", ")}.`
        : (explanation.remedy ?? "Run it again; if it stays so, look this error up in AWS's pages."),
    );
  }
}

/** No check is made of it with these settings. */
export const NOT_ASKED: Fact<never> = unknown("AWS was not asked.", "Nothing.");

/** For everything on a side that did not answer. */
export const unreached = (side: SideName): Fact<never> =>
  unknown(`The ${side} was not reached.`, `Mend ${side}-reachable first.`);
