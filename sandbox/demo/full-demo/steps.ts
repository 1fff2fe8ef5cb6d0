import type { RunbookStep } from "./step";
import { attach } from "./steps/attach";
import { check, deploy, playItThrough, settle } from "./steps/before";
import { cutOver, destroy } from "./steps/cut-over";
import { goBack } from "./steps/go-back";
import { importTheRest } from "./steps/import";
import { signInAndWatch, waitForTheCurve } from "./steps/watch";

/** docs/runbook.md, "A migration, step by step", from top to bottom. */
export const STEPS: readonly RunbookStep[] = [
  playItThrough,
  settle,
  deploy,
  check,
  attach,
  signInAndWatch,
  goBack,
  waitForTheCurve,
  importTheRest,
  cutOver,
  destroy,
];
