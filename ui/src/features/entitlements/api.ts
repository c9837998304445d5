// The commands of this feature.
import { call, type Request } from '$host';

export const getEntitlements = (person: string, on: string | null) => call('person_entitlements', { person, on });
export const openRestricted = (person: string, on: string | null, reason: string) =>
  call('person_entitlements_restricted', { person, on, reason });
export const getMonths = (person: string, from: string, to: string) => call('person_months', { person, from, to });
/** With what rests on specially protected facts; each opening is logged with the reason. */
export const openMonths = (person: string, from: string, to: string, reason: string) =>
  call('person_months_restricted', { person, from, to, reason });
export const listAdjustments = (req: Request<'list_adjustments'>) => call('list_adjustments', req);
export const printAdjustments = (from: string, to: string) => call('print_adjustments', { from, to, offset: 0, limit: 0 });
export const exportAdjustments = (req: Request<'export_adjustments'>) => call('export_adjustments', req);
export const whatIf = (req: Request<'what_if'>) => call('what_if', req);

/** What touches these screens when it is written. */
export const touches = ['people', 'households', 'places', 'sync', 'conflicts', 'policies', 'settings'];
