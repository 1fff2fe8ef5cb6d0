import type { AppClient } from "./app-clients";

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/**
 * How long the tokens of an app client are good for, in seconds. Without a unit an access or ID token counts in hours and
 * a refresh token in days. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function lifetimesOf({ settings }: AppClient): { access: number; id: number; refresh: number } {
  const { AccessTokenValidity, IdTokenValidity, RefreshTokenValidity, TokenValidityUnits: units = {} } = settings;
  return {
    access: (AccessTokenValidity || 1) * SECONDS[units.AccessToken ?? "hours"],
    id: (IdTokenValidity || 1) * SECONDS[units.IdToken ?? "hours"],
    refresh: (RefreshTokenValidity || 30) * SECONDS[units.RefreshToken ?? "days"],
  };
}
