// The commands of this feature.
import { call, type Request } from '$host';

export const getEntitlements = (person: string, on: string | null) => call('person_entitlements', { person, on });
export const openRestricted = (person: string, on: string | null, reason: string) =>
  call('person_entitlements_restricted', { person, on, reason });
export const getMonths = (person: string, from: string, to: string) => call('person_months', { person, from, to });
export const whatIf = (req: Request<'what_if'>) => call('what_if', req);

/** What touches these screens when it is written. */
export const touches = ['people', 'households', 'places', 'sync', 'conflicts', 'policies'];
