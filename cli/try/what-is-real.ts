import type { DestinationSettings } from "../../config/deployment";
import { alarmsOf } from "../../rules/alarms";
import { plural } from "../program/plural";

/** What a try does, said before it is done: there is no way to look without it. */
export function whatIsReal(settings: DestinationSettings, count: number, isForgotten: boolean): string {
  const { sourceUserPoolId } = settings;
  return [
    `Tries ${plural(count, "sign-in")}, without Cognito: no user is created at the destination.`,
    isForgotten
      ? `At ${sourceUserPoolId} it reads the profile, so that the user is a monthly active user there. No code is sent.`
      : `At ${sourceUserPoolId} it is real: the user is a monthly active user there, a wrong password counts towards the lock-out, triggers run, and a second factor may be sent as a text message.`,
    `The alarm ${alarmsOf(settings)["tried"]?.alarmName} fires: tell whoever is on call.`,
  ].join("\n");
}
